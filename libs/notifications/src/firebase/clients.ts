import { createAccessTokens } from './access-token.ts';
import { createMailClient } from './mail-client.ts';
import type { MailClient } from './mail-client.ts';
import type { FirebaseOptions } from './options.ts';
import { createPushClient } from './push-client.ts';
import type { PushClient } from './push-client.ts';

export interface FirebaseClients {
  readonly push: PushClient;
  readonly mail: MailClient;
}

/** Both with one access token. */
export function createFirebaseClients(options: FirebaseOptions): FirebaseClients {
  const tokens = createAccessTokens();
  return { push: createPushClient(options, tokens), mail: createMailClient(options, tokens) };
}
