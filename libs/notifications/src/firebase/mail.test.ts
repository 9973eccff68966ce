import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockFirebase } from '@fairlead/testing/vendors';
import type { MockFirebase, MockFirestore } from '@fairlead/testing/vendors';
import type { Destination } from '../destination.ts';
import { onlyDestination, send } from './fixtures.ts';
import type { MailDocument } from './mail-document.ts';
import { cutOff } from '../testing/cut-off.ts';

const LINK = 'https://temporal.example.com/deployments/d-1?a=1&b="2"';
const TO = ['ops@example.com', 'dev@example.com'];
const ENDED = '2026-01-02T04:06:10.000Z';

let vendor: MockFirebase;
let firestore: MockFirestore;
let mail: Destination;
let received: number;
let id: string;
let count = 0;

beforeAll(async () => {
  vendor = await startMockFirebase();
  const { projectId, credentialsFile, url: apiUrl } = vendor;
  const options = { projectId, credentialsFile, apiUrl, emailTo: TO, linkTo: () => LINK };
  firestore = vendor.firestore;
  mail = onlyDestination(options);
  await send(mail, { event: { id: 'first/1' } });
});

beforeEach(() => {
  received = firestore.received.length;
  count += 1;
  id = `d-${count}/1`;
});

afterAll(() => vendor.stop());

function document(): MailDocument {
  return firestore.documents.get(
    `mail/${encodeURIComponent(`${id}/firebase:mail`)}`,
  ) as MailDocument;
}

describe('an e-mail', () => {
  it.each([
    ['deployment-started', '[staging] Deployment Started', []],
    ['deployment-completed', '[staging] Deployment Completed', ['Duration', '1 h 2 min 5 s']],
    ['deployment-failed', '[staging] Deployment Failed', ['Error', 'probe-failed: it is sick']],
    ['rollback-initiated', '[staging] Rollback Initiated', []],
    ['rollback-completed', '[staging] Rollback Completed', ['Duration', '1 h 2 min 5 s']],
  ] as const)(
    'of kind %s has its subject and its facts in both parts',
    async (kind, subject, own) => {
      const error = { type: 'probe-failed', message: 'it is sick' };

      const answer = await send(mail, {
        event: { id, kind, at: ENDED },
        facts: kind === 'deployment-failed' ? { error } : {},
      });

      expect(answer).toEqual({ state: 'accepted' });
      const { to, message } = document();
      expect(to).toEqual(TO);
      expect(message.subject).toBe(subject);
      for (const part of [message.text, message.html]) {
        for (const fact of ['d-1', 'staging', 'api registry.example.com/shop/api:2.4.1', ...own]) {
          expect(part).toContain(fact);
        }
      }
    },
  );

  it('has no template for a canary’s steps', () => {
    expect(mail.kinds).not.toContain('canary-started');
    expect(mail.kinds).toHaveLength(5);
  });

  it('keeps its subject when the rollback failed, and says so inside', async () => {
    await send(mail, { event: { id, kind: 'deployment-failed', mark: 'rollback-failed' } });

    expect(document().message.subject).toBe('[staging] Deployment Failed');
    expect(document().message.html).toContain('Rollback Failed');
  });

  it('is written under its key, by which a repeat is recognised', async () => {
    const first = await send(mail, { event: { id } });
    const size = firestore.documents.size;

    const second = await send(mail, { event: { id, message: 'another text' } });

    expect(first).toEqual({ state: 'accepted' });
    expect(second).toEqual({ state: 'accepted', detail: 'was written by an earlier attempt' });
    expect(firestore.documents.size).toBe(size);
    expect(document().message.text).not.toContain('another text');
    expect(document().message.text).toContain(`${id}/firebase:mail`);
  });

  it('holds no markup and no header that came from outside', async () => {
    await send(mail, {
      event: { id, message: `<img src=x onerror='a()'> & "q" \u001b[31mred` },
      facts: { environment: 'staging\r\nBcc: eve@example.com', application: '</td><script>' },
    });

    const { subject, html } = document().message;
    expect(subject).toBe('[staging Bcc: eve@example.com] Deployment Started');
    expect(html).toContain('&lt;img src=x onerror=&#39;a()&#39;&gt; &amp; &quot;q&quot; red');
    expect(html).not.toMatch(/<script|<img|\u001b/);
    expect(html).toContain(
      'href="https://temporal.example.com/deployments/d-1?a=1&amp;b=&quot;2&quot;"',
    );
  });

  it('has a link for a fact that is an address, and for nothing else', async () => {
    const url = 'https://ci.example.com/runs/7?a=1&b="2"';
    await send(mail, {
      event: { id },
      facts: { ci: { provider: 'CI', url }, reason: 'javascript:a() https://evil.example' },
    });

    const links = document().message.html?.match(/href="[^"]*"/g);
    expect(links).toEqual([
      'href="https://ci.example.com/runs/7?a=1&amp;b=&quot;2&quot;"',
      expect.stringContaining('href="https://temporal.example.com/'),
    ]);
  });

  it('"Too long": "the cut named" where a text is endless', async () => {
    const message = '<'.repeat(100_000);

    await send(mail, {
      event: { id, kind: 'deployment-failed', message },
      facts: { reason: message, error: { type: 'defect', message } },
    });

    expect(document().message.text).toContain('more characters)');
    expect(document().message.html).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  });
});

describe('what Firestore refuses', () => {
  it('"Refuses *our form*": "one try as plain text (title, ID, environment, outcome, link) under the same key"', async () => {
    firestore.misbehave({ code: 3, message: 'too much of it' });

    const answer = await send(mail, { event: { id } });

    expect(answer).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/plain text.*too much of it/),
    });
    expect(document().message).not.toHaveProperty('html');
    expect(document().message.text).toContain(
      'Deployment: d-1\nEnvironment: staging\nLink: https:',
    );
  });

  it.each([
    { code: 3, times: 2, mend: /INVALID_ARGUMENT: no such thing/ },
    { code: 5, times: 1, mend: /NOT_FOUND.*make the project’s Firestore database/ },
    { code: 7, times: 1, mend: /PERMISSION_DENIED.*roles\/datastore\.user/ },
    { code: 9, times: 1, mend: /FAILED_PRECONDITION/ },
    { code: 16, times: 2, mend: /UNAUTHENTICATED.*renew its credentials/ },
  ])('"then the dead letter": is final at code $code', async ({ code, times, mend }) => {
    const answer = { code, message: 'no such thing' };
    firestore.misbehave(...Array<typeof answer>(times).fill(answer));

    const refused = send(mail, { event: { id } });

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(firestore.received).toHaveLength(received + times);
  });
});

describe('trouble on the way', () => {
  it('waits when Firestore throttles', async () => {
    firestore.misbehave({ code: 8, message: 'quota' });

    await expect(send(mail, { event: { id } })).rejects.toMatchObject({
      type: 'vendor-throttled',
      retryAfterMs: 1_000,
    });
    expect(firestore.received).toHaveLength(received + 1);
  });

  it.each([1, 2, 4, 10, 13, 14].map((code) => ({ code, message: 'later' })))(
    'is tried again after code $code, by Temporal alone',
    async (misbehaviour) => {
      firestore.misbehave(misbehaviour);

      await expect(send(mail, { event: { id } })).rejects.toMatchObject({
        type: 'vendor-unreachable',
        retryable: true,
      });
      expect(firestore.received).toHaveLength(received + 1);
    },
  );

  it('is written by the next attempt after the connection broke', async () => {
    firestore.misbehave('reset');

    const broken = send(mail, { event: { id } });

    await expect(broken).rejects.toMatchObject({ type: 'vendor-unreachable' });
    await expect(send(mail, { event: { id } })).resolves.toEqual({ state: 'accepted' });
  });

  it('ends with the signal when Firestore hangs', async () => {
    firestore.misbehave('hang');

    const hung = cutOff(firestore, (signal) => send(mail, { event: { id } }, signal));

    await expect(hung).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('does not begin when the signal is over', async () => {
    await expect(send(mail, { event: { id } }, AbortSignal.abort())).rejects.toMatchObject({
      type: 'vendor-unreachable',
    });

    expect(firestore.received).toHaveLength(received);
  });
});

describe('what became of an e-mail', () => {
  const path = () => `mail/${encodeURIComponent(`${id}/firebase:mail`)}`;
  const ask = (minutesAgo = 0) => {
    const key = `${id}/firebase:mail`;
    const at = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    const receipt = { destination: 'firebase:mail', key, attempts: 1, at };
    return mail.confirm?.({ ...receipt, state: 'accepted' }, AbortSignal.timeout(30_000));
  };

  it.each([
    ['PENDING', undefined],
    ['PROCESSING', undefined],
    ['RETRY', undefined],
    ['SUCCESS', { state: 'delivered', detail: 'the mail server took it' }],
    ['ERROR', { state: 'dead', detail: expect.stringMatching(/could not send it: no such relay/) }],
  ] as const)(
    '"mail SUCCESS": is said by the extension in the document: %s',
    async (state, answer) => {
      await send(mail, { event: { id } });
      const error = state === 'ERROR' ? 'no such relay' : null;
      firestore.write(path(), { state, attempts: 1, error });

      const said = await ask();

      if (answer === undefined) expect(said).toBeUndefined();
      else expect(said).toMatchObject(answer);
    },
  );

  it.each([
    {
      ...{ accepted: ['ops@example.com'], rejected: ['dev@example.com'], state: 'delivered' },
      detail: 'the mail server refused 1 of 2 addresses: look at email_to',
    },
    {
      ...{ accepted: [], rejected: TO, state: 'dead' },
      detail: 'could not send it: the mail server refused all of its 2 addresses',
    },
  ])('is $state where the mail server refused $rejected', async ({ state, detail, ...info }) => {
    await send(mail, { event: { id } });
    firestore.write(path(), { state: 'SUCCESS', attempts: 1, info });

    const said = await ask();

    expect(said).toMatchObject({ state, detail: expect.stringContaining(detail) });
    expect(said?.detail).not.toContain('@');
  });

  it('is told without the addresses that the mail server repeats', async () => {
    await send(mail, { event: { id } });
    const error = '550-5.1.1 <ann@example.com>: "b c"@example.com,dan@[10.0.0.1] are unknown';
    firestore.write(path(), { state: 'ERROR', attempts: 1, error });

    const said = await ask();

    expect(said?.detail).toMatch(
      /: 550-5\.1\.1 <\[hidden\]>: \[hidden\],\[hidden\].* are unknown$/,
    );
    expect(said?.detail).not.toMatch(/@|ann|b c|dan|example/);
  });

  it('is not known before the extension has written, nor of a document that is gone', async () => {
    expect(await ask(31)).toBeUndefined();

    await send(mail, { event: { id } });

    expect(await ask(29)).toBeUndefined();
  });

  it('is that nobody may ever say where the extension has not written after 30 minutes', async () => {
    await send(mail, { event: { id } });

    const detail = expect.stringMatching(
      /extension 30 min after .* install it .* collection at mail/,
    );
    expect(await ask(30)).toEqual({ state: 'accepted', detail });

    firestore.write(path(), { state: 'PENDING', attempts: 0 });
    expect(await ask(30)).toBeUndefined();
  });

  it('is asked again with a fresh token where Google refuses the one that there is', async () => {
    firestore.misbehave({ code: 16, message: 'invalid credentials' });
    await send(mail, { event: { id } });
    firestore.write(path(), { state: 'SUCCESS', attempts: 1 });
    firestore.misbehave({ code: 16, message: 'invalid credentials' });

    expect(await ask()).toMatchObject({ state: 'delivered' });
  });

  it('cannot be said by a database that the key may not read', async () => {
    firestore.misbehave({ code: 7, message: 'missing permissions' });

    await expect(ask()).rejects.toThrow(/PERMISSION_DENIED.*roles\/datastore.user/);
  });
});
