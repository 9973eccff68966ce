import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startMockFirebase } from '@fairlead/testing/vendors';
import type { MockFirebase } from '@fairlead/testing/vendors';
import type { AccessTokens } from './access-token.ts';
import { send } from './fixtures.ts';
import { createMail } from './mail.ts';
import { createMailClient } from './mail-client.ts';
import type { FirebaseOptions } from './options.ts';
import { createPush } from './push.ts';
import { createPushClient } from './push-client.ts';

let vendor: MockFirebase;
let options: FirebaseOptions;

beforeAll(async () => {
  vendor = await startMockFirebase();
  const { projectId, credentialsFile, url: apiUrl } = vendor;
  options = { projectId, credentialsFile, apiUrl };
});

afterAll(() => vendor.stop());

/** Fresh each time it was refused, and never one that is taken. */
function hopelessTokens(): AccessTokens & { readonly given: readonly string[] } {
  const given: string[] = [];
  let held: string | undefined;
  return {
    given,
    current() {
      if (held === undefined) given.push((held = `token-${given.length}`));
      return Promise.resolve(held);
    },
    forget(token) {
      if (held === token) held = undefined;
    },
  };
}

it('sends a push once more with a fresh token, and then it is dead', async () => {
  const tokens = hopelessTokens();
  const topics = ['deployments'];
  const push = createPush({ ...options, topics }, createPushClient(options, tokens));
  const before = vendor.fcm.received.length;

  await expect(send(push)).rejects.toMatchObject({
    type: 'vendor-rejected',
    message: expect.stringMatching(
      /^firebase \(topic deployments\) answered 401.*renew its credentials/,
    ),
  });
  expect(vendor.fcm.received).toHaveLength(before + 2);
  expect(tokens.given).toHaveLength(2);
});

it('writes a mail document once more with a fresh token, and then it is dead', async () => {
  const tokens = hopelessTokens();
  const to = ['ops@example.com'];
  const mail = createMail({ ...options, to }, createMailClient(options, tokens));
  vendor.firestore.misbehave({ code: 16, message: 'no' }, { code: 16, message: 'no' });
  const before = vendor.firestore.received.length;

  await expect(send(mail)).rejects.toMatchObject({
    type: 'vendor-rejected',
    message: expect.stringMatching(/UNAUTHENTICATED.*renew its credentials/),
  });
  expect(vendor.firestore.received).toHaveLength(before + 2);
  expect(tokens.given).toHaveLength(2);
});
