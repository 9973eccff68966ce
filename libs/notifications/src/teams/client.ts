import { createVendorCall } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { addressOf, hideSecrets } from '../vendor/webhook-address.ts';
import type { TeamsOptions } from './options.ts';
import { HEADERS } from './request.ts';

/** Names the channel in receipts and errors. */
export const TEAMS = 'teams';

export type TeamsCard = IAdaptiveCard;

/** What the flows of Microsoft's templates take: they go through `attachments`, and fail at a bare card. */
export interface TeamsPayload {
  readonly type: 'message';
  readonly attachments: readonly {
    readonly contentType: 'application/vnd.microsoft.card.adaptive';
    readonly contentUrl: null;
    readonly content: TeamsCard;
  }[];
}

export interface TeamsClient {
  /**
   * The answer is free of the webhook's secrets.
   * @throws AdapterError what may be tried again, and `vendor-rejected` when no request can be made; what the flow
   * refuses is an answer
   */
  post(payload: TeamsPayload, signal: AbortSignal): Promise<VendorAnswer>;
}

export function createTeamsClient(options: TeamsOptions): TeamsClient {
  return {
    async post(payload, signal) {
      const address = addressOf(TEAMS, options);
      const call = createVendorCall(TEAMS, signal);
      // The call has seen what came of it.
      await call
        .fetch(address, {
          method: 'POST',
          headers: HEADERS,
          body: JSON.stringify(payload),
        })
        .catch(() => undefined);
      const { status, text } = call.answer();
      return { status, text: hideSecrets(text, address) };
    },
  };
}
