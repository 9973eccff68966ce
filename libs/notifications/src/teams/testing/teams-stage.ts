import { startMockTeams } from '@fairlead/testing/vendors';
import type { MockTeams } from '@fairlead/testing/vendors';
import type { Destination } from '../../destination.ts';
import { aDelivery } from '../../fixtures.ts';
import { createTeams } from '../teams.ts';

export const SECRET = 'secret-of-the-webhook';
export const LINK = 'https://temporal.example.com/deployments/d-1';

type Options = Partial<Parameters<typeof createTeams>[0]>;

export interface TeamsStage {
  readonly vendor: MockTeams;
  /** The channel, posting to the mock unless it is told otherwise. */
  teams(over?: Options): Destination;
  send(
    destination?: Destination,
    parts?: Parameters<typeof aDelivery>[0],
  ): ReturnType<Destination['send']>;
  lastCard(): string;
}

/** For tests: a mock of Teams, and the channel that posts to it. */
export async function startTeamsStage(): Promise<TeamsStage> {
  const vendor = await startMockTeams();
  const teams = (over: Options = {}) =>
    createTeams({ webhookUrl: vendor.webhookUrl, linkTo: () => LINK, ...over });
  return {
    vendor,
    teams,
    send: (destination = teams(), parts = {}) =>
      destination.send(aDelivery({ destination: 'teams', ...parts }), AbortSignal.timeout(30_000)),
    lastCard: () => JSON.stringify(vendor.messages.at(-1)?.attachments[0]?.content),
  };
}

/** As many components as make their list, and the message, too long. */
export function muchOf(text: string) {
  const component = { name: 'api', image: text, previousImage: text, phase: 'restored' } as const;
  return {
    event: { kind: 'rollback-completed', message: text },
    facts: {
      reason: text,
      error: { type: 'defect', message: text },
      components: Array<typeof component>(60).fill(component),
    },
  } as const;
}
