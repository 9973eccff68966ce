import { createVendorCall } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { Finding } from '../check.ts';
import { refused } from '../vendor/refused.ts';
import { createAccessTokens } from './access-token.ts';
import type { AccessTokens } from './access-token.ts';
import { toGateway } from './gateway.ts';
import { grpcRejection } from './grpc-policy.ts';
import { hideToken } from './hide-token.ts';
import { createMailClient, FIREBASE_MAIL } from './mail-client.ts';
import type { FirebaseOptions } from './options.ts';
import { MENDS } from './push.ts';
import { FIREBASE } from './push-client.ts';
import { toPushPreview } from './push-request.ts';
import { readServiceAccount } from './service-account.ts';
import { withToken } from './with-token.ts';

/**
 * The key, whether FCM would take a push to the topics (`validate_only`, so that no phone gets one), and whether
 * Firestore gives the key its mail documents.
 * https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send
 * @throws AdapterError of the `vendor-…` types; `config-invalid` where the key file is unusable
 */
export async function checkFirebase(
  options: FirebaseOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const { credentialsFile, notificationTopics: topics = [], emailTo = [], apiUrl } = options;
  const gateway = apiUrl === undefined ? undefined : toGateway(apiUrl);
  const account = await readServiceAccount(credentialsFile);
  const tokens = createAccessTokens();
  await tokens.current(account, { gateway, signal });
  await Promise.all(
    topics.map(async (topic) => {
      const answer = await withToken(tokens, {
        ...{ account, gateway, signal },
        send: (token) => validate({ options, topic, token, signal }),
        isRefused: ({ status }) => status === 401,
      });
      if (answer.status === 200) return;
      throw refused(`${FIREBASE} (topic ${topic})`, answer, MENDS[answer.status]);
    }),
  );
  const pushed = topics.length === 0 ? '' : `, FCM a push to ${topics.join(', ')}`;
  const mail = emailTo.length === 0 ? '' : await mailFinding(options, tokens, signal);
  return { state: 'ok', detail: `Google takes the key${pushed}${mail}` };
}

/** Reads where mail documents are written: what may write there may read. Nothing is written. */
async function mailFinding(
  options: FirebaseOptions,
  tokens: AccessTokens,
  signal: AbortSignal,
): Promise<string> {
  const read = await createMailClient(options, tokens).read('fairlead-doctor', signal);
  if (read.code !== 'OK') throw grpcRejection(FIREBASE_MAIL, read);
  return ', Firestore the reading of its mail documents';
}

interface Validation {
  readonly options: FirebaseOptions;
  readonly topic: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** By hand: whatever the library's `send` is given, it may send it again. */
async function validate({ options, topic, token, signal }: Validation): Promise<VendorAnswer> {
  const notification = { title: 'Fairlead', body: 'a check that is not sent' };
  const { url, body } = toPushPreview(options, {
    channel: FIREBASE,
    payload: { topic, notification },
  });
  const call = createVendorCall(FIREBASE, signal);
  // The call has seen what came back.
  await call
    .fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...(body as object), validate_only: true }),
    })
    .catch(() => undefined);
  const { status, text } = call.answer();
  return { status, text: hideToken(text, token) };
}
