import { randomUUID } from 'node:crypto';
import type { VendorAnswer } from '@fairlead/vendor';
import type { TopicMessage } from 'firebase-admin/messaging';
import type { AccessTokens } from './access-token.ts';
import { toGateway } from './gateway.ts';
import { hideToken } from './hide-token.ts';
import { libraryCall } from './library-call.ts';
import type { FirebaseOptions } from './options.ts';
import { readServiceAccount } from './service-account.ts';
import { withToken } from './with-token.ts';

/** Names the channel in receipts and errors. */
export const FIREBASE = 'firebase';

export type PushPayload = TopicMessage;

export interface PushClient {
  /** @throws AdapterError what may be tried again, and what is wrong with the key; what FCM refuses is an answer */
  send(payload: PushPayload, signal: AbortSignal): Promise<VendorAnswer>;
}

export function createPushClient(
  { projectId, credentialsFile, apiUrl }: FirebaseOptions,
  tokens: AccessTokens,
): PushClient {
  return {
    async send(payload, signal) {
      const gateway = apiUrl === undefined ? undefined : toGateway(apiUrl);
      const call = { vendor: FIREBASE, gateway, signal };
      const account = await readServiceAccount(credentialsFile);
      const { initializeApp, deleteApp } = await import('firebase-admin/app');
      const { getMessaging } = await import('firebase-admin/messaging');

      async function sendBy(token: string): Promise<VendorAnswer> {
        const { status, text } = await libraryCall(call, async (httpAgent) => {
          // The library takes its agent from the app, and an agent is one call's.
          const credential = {
            getAccessToken: () => Promise.resolve({ access_token: token, expires_in: 3_600 }),
          };
          const app = initializeApp({ projectId, credential, httpAgent }, randomUUID());
          try {
            return await getMessaging(app).send(payload);
          } finally {
            await deleteApp(app);
          }
        });
        return { status, text: hideToken(text, token) };
      }

      const isRefused = ({ status }: VendorAnswer) => status === 401;
      return withToken(tokens, { account, gateway, signal, send: sendBy, isRefused });
    },
  };
}
