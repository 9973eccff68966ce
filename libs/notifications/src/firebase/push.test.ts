import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { startMockFirebase } from '@fairlead/testing/vendors';
import type { FcmMessage, MockFcm, MockFirebase } from '@fairlead/testing/vendors';
import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { onlyDestination, send } from './fixtures.ts';
import type { FirebaseOptions } from './options.ts';
import { cutOff } from '../testing/cut-off.ts';

const LINK = 'https://temporal.example.com/deployments/d-1';

let vendor: MockFirebase;
let options: FirebaseOptions;
let fcm: MockFcm;
let push: Destination;
let sent: number;

beforeAll(async () => {
  vendor = await startMockFirebase();
  const { projectId, credentialsFile, url: apiUrl } = vendor;
  options = {
    projectId,
    credentialsFile,
    apiUrl,
    notificationTopics: ['deployments'],
    linkTo: () => LINK,
  };
  fcm = vendor.fcm;
  push = onlyDestination(options);
  // From here on the access token is there.
  await send(push);
});

beforeEach(() => {
  sent = fcm.received.length;
});

afterAll(() => vendor.stop());

function last(): FcmMessage | undefined {
  return fcm.messages.at(-1);
}

describe('a push', () => {
  it.each(NOTIFIED_KINDS)('of kind %s is what FCM takes', async (kind) => {
    const answer = await send(push, { event: { kind } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(fcm.received).toHaveLength(sent + 1);
    expect(last()?.topic).toBe('deployments');
    expect(last()?.notification.title).toMatch(/^\[staging\] \w/);
    expect(last()?.notification.body).toMatch(/^d-1\n/);
    expect(last()?.data).toMatchObject({ kind, deploymentId: 'd-1', link: LINK });
  });

  it('wakes a sleeping phone for a failure, and for nothing else', async () => {
    await send(push, { event: { kind: 'deployment-failed' } });
    expect(last()?.android?.['priority']).toBe('HIGH');

    await send(push, { event: { kind: 'rollback-completed' } });
    expect(last()?.android?.['priority']).toBe('NORMAL');
  });

  it('goes to every topic', async () => {
    const topics = ['ops', 'dev-%7E'];

    await send(onlyDestination({ ...options, notificationTopics: topics }));

    const reached = fcm.messages.slice(-2).map(({ topic }) => topic);
    expect(reached.toSorted()).toEqual(topics.toSorted());
  });

  it('is previewed for every topic', () => {
    const topics = ['ops', 'dev'];
    const { preview } = onlyDestination({ ...options, notificationTopics: topics });

    const shown = preview?.(aDelivery()).map(({ body }) => body);

    expect(shown).toMatchObject(topics.map((topic) => ({ message: { topic } })));
  });

  it('carries its key, under which a device replaces a repeat', async () => {
    await send(push);

    const key = 'd-1/1/firebase';
    expect(last()?.data?.['key']).toBe(key);
    expect(last()?.android).toMatchObject({ collapseKey: key, notification: { tag: key } });
    expect(last()?.apns?.headers['apns-collapse-id']).toBe(key);
  });

  it('has a key of Apple’s length where its own is longer', async () => {
    const id = `${'d'.repeat(80)}/1`;

    await send(push, { event: { id } });
    const first = last()?.apns?.headers['apns-collapse-id'];
    await send(push, { event: { id } });

    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(last()?.apns?.headers['apns-collapse-id']).toBe(first);
    expect(last()?.android?.collapseKey).toBe(`${id}/firebase`);
  });

  it('holds no control characters that came from outside', async () => {
    await send(push, { event: { message: 'a \u001b[31mred\u202e\u0000 "quote"' } });

    expect(last()?.notification.body).toContain('\na red "quote"\n');
  });

  it.each(['x', '🙂', '"', '\u00e9'])(
    'full of %s is "cut by code points, the cut named, title, ID, environment and links always kept"',
    async (point) => {
      const message = point.repeat(100_000);

      const answer = await send(push, {
        event: { kind: 'deployment-failed', message },
        facts: { error: { type: 'defect', message } },
      });

      expect(answer).toEqual({ state: 'accepted' });
      expect(Buffer.byteLength(fcm.received.at(-1)?.body ?? '')).toBeGreaterThan(1_950);
      expect(last()?.notification.body).toMatch(/^d-1\n.*… \(cut\)$/su);
      expect(last()?.notification.body.isWellFormed()).toBe(true);
      expect(last()?.data).toMatchObject({
        deploymentId: 'd-1',
        environment: 'staging',
        link: LINK,
      });
    },
  );

  it('keeps what identifies it when everything is too long', async () => {
    const long = '🙂'.repeat(2_000);

    const answer = await send(push, { facts: { environment: long, deploymentId: long } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(last()?.notification.title).toMatch(/^\[🙂+… \(cut\)$/u);
    expect(last()?.data?.['deploymentId']).toMatch(/^🙂+… \(cut\)$/u);
  });
});

describe('what FCM refuses', () => {
  it('"Refuses *our form* (400): one try as plain text (title, ID, environment, outcome, link) under the same key"', async () => {
    fcm.misbehave({ status: 400, body: '{"error":{"status":"INVALID_ARGUMENT"}}' });

    const answer = await send(push);

    expect(answer).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/plain text.*INVALID_ARGUMENT/),
    });
    expect(last()).toEqual({
      topic: 'deployments',
      notification: { title: '[staging] Deployment Started', body: `d-1\nstaging\n${LINK}` },
      android: { collapseKey: 'd-1/1/firebase' },
    });
  });

  it.each([
    { status: 400, times: 2, mend: /400: no such thing/ },
    {
      status: 403,
      times: 1,
      mend: /403.*renew its credentials; give the service account its role/,
    },
    { status: 404, times: 1, mend: /404.*compare project_id/ },
    { status: 302, times: 1, mend: /redirects/ },
  ])('"then the dead letter": is final at $status', async ({ status, times, mend }) => {
    const destination = await warm();
    const reply = { status, body: 'no such thing', headers: { location: 'http://127.0.0.1:1/' } };
    fcm.misbehave(...Array<typeof reply>(times).fill(reply));

    const refused = send(destination);

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(fcm.received).toHaveLength(sent + times);
  });
});

describe('trouble on the way', () => {
  it('keeps the wait that FCM asks for', async () => {
    fcm.misbehave({ status: 429, headers: { 'retry-after': '7' } });

    await expect(send(push)).rejects.toMatchObject({
      type: 'vendor-throttled',
      retryAfterMs: 7_000,
    });
  });

  it('waits a minute where FCM throttles and names no time', async () => {
    fcm.misbehave({ status: 429 });

    await expect(send(push)).rejects.toMatchObject({ retryAfterMs: 60_000 });
  });

  it.each([
    { status: 500 },
    { status: 503, headers: { 'retry-after': '20' } },
    { status: 408 },
    'reset',
  ] as const)('is tried again after %j, by Temporal alone', async (misbehaviour) => {
    fcm.misbehave(misbehaviour);

    await expect(send(push)).rejects.toMatchObject({ type: 'vendor-unreachable', retryable: true });
    expect(fcm.received).toHaveLength(sent + 1);
  });

  it('leaves no timer of the library’s own, which would keep a process that is done', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    const before = timers().length;
    fcm.misbehave({ status: 503, headers: { 'retry-after': '20' } });

    await expect(send(push)).rejects.toMatchObject({ retryAfterMs: 20_000 });

    expect(timers()).toHaveLength(before);
  });

  it('is told where one of the topics is refused, and the receipt names that one', async () => {
    const destination = onlyDestination({ ...options, notificationTopics: ['ops', 'dev'] });
    await send(destination);
    const before = fcm.messages.length;
    fcm.misbehave({ status: 404, body: 'no such topic' });

    const answer = await send(destination);

    const told = fcm.messages.slice(before).map(({ topic }) => topic);
    expect(told).toHaveLength(1);
    const untold = ['ops', 'dev'].find((topic) => !told.includes(topic));
    expect(answer).toEqual({
      state: 'accepted',
      detail: `not told: firebase (topic ${untold}) answered 404: no such topic; compare project_id`,
    });
  });

  it('is dead where all topics are refused', async () => {
    const destination = onlyDestination({ ...options, notificationTopics: ['ops', 'dev'] });
    await send(destination);
    fcm.misbehave({ status: 404 }, { status: 403 });

    await expect(send(destination)).rejects.toMatchObject({ type: 'vendor-rejected' });
  });

  it('is tried again when only one of the topics had it', async () => {
    const destination = onlyDestination({
      ...options,
      notificationTopics: ['a', 'b', 'c'],
    });
    await send(destination);
    fcm.misbehave({ status: 404 }, { status: 503 });

    await expect(send(destination)).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('ends with the signal when FCM hangs', async () => {
    fcm.misbehave('hang');

    const hung = cutOff(fcm, (signal) => send(push, {}, signal));

    await expect(hung).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('does not begin when the signal is over', async () => {
    await expect(send(push, {}, AbortSignal.abort())).rejects.toMatchObject({
      type: 'vendor-unreachable',
    });

    expect(fcm.received).toHaveLength(sent);
  });

  it('reads no more than 64 KiB of an answer', async () => {
    fcm.misbehave({ status: 404, body: 'x'.repeat(10_000_000) });

    await expect(send(push)).rejects.toMatchObject({
      message: expect.stringMatching(/404: x{200}… \(65336 more/),
    });
  });
});

/** One whose access token nobody else loses. */
async function warm(): Promise<Destination> {
  const destination = onlyDestination(options);
  await send(destination);
  sent = fcm.received.length;
  return destination;
}
