import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IssueReport, IssueView } from '@fairlead/contracts';
import type { AlertSettings } from '@fairlead/settings';
import { createLog } from '@fairlead/temporal/logging';
import type { Reported } from '@fairlead/temporal/targets';
import { waitFor } from '@fairlead/testing/servers';
import type { EventTaking } from './events/answer-event.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver, ReceiverLimits } from './receiver.ts';

const TOKEN = 'c4n4ry-token';
const LOCAL = { host: '127.0.0.1', port: 0 };
const SETTINGS: AlertSettings = {
  ...{ ...LOCAL, token: TOKEN, application: 'shop' },
  rules: [
    {
      ...{ match: { alertname: 'Crash' }, issue: 'pod_crash', workloadLabels: ['deployment'] },
      ...{ podLabel: 'pod', namespaceLabel: 'namespace' },
      ...{ environmentLabel: 'environment', applicationLabel: 'application' },
    },
  ],
  places: [{ environment: 'staging', cluster: 'default', namespace: 'staging', workloads: [] }],
};
const CRASH = { alertname: 'Crash', namespace: 'staging', deployment: 'api' };
const BODY = JSON.stringify({ version: '4', alerts: [{ status: 'firing', labels: CRASH }] });

const NO_EVENTS: EventTaking = {
  settings: () => undefined,
  tell: () => Promise.reject(new Error('no event is told')),
  log: createLog({ service: 'test', level: 'error' }),
};

let receiver: Receiver;
let inForce: AlertSettings | undefined;
let answer: () => Reported | Promise<Reported>;
let reports: IssueReport[];
let counted: { source: string; result: string; count: number }[];
let logged: string;
let said: string;
let socket: Socket | undefined;

async function start(limits: Partial<ReceiverLimits> = {}): Promise<void> {
  receiver = await startReceiver(LOCAL, {
    settings: () => inForce,
    reports: {
      async report(one) {
        reports.push(one);
        return await answer();
      },
    },
    log: createLog({
      service: 'test',
      level: 'debug',
      stream: { write: (line: string) => (logged += line) },
    }),
    count: (alerts) => counted.push(alerts),
    events: NO_EVENTS,
    limits,
  });
}

beforeEach(() => {
  inForce = SETTINGS;
  answer = () => ({ taken: { status: 'opened', issue: {} as IssueView } });
  reports = [];
  counted = [];
  logged = '';
});

afterEach(async () => {
  socket?.destroy();
  await receiver.close();
  expect(logged).not.toContain(TOKEN);
});

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ReadableStream<Uint8Array>;
}

async function send({ path = '/alerts', method = 'POST', headers, body = BODY }: Sent = {}) {
  const response = await fetch(`http://127.0.0.1:${receiver.port}${path}`, {
    method,
    headers: {
      ...{ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...headers,
    },
    ...(method === 'POST' ? { body, duplex: 'half' } : {}),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A body whose length nobody says before. */
function streamOf(bytes: number): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(10_000).fill(0x20);
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(piece);
      left -= piece.length;
      if (left <= 0) controller.close();
    },
  });
}

/** The rest of a request as it is put on the wire. */
function talk(rest: string): Socket {
  said = '';
  socket = connect(receiver.port, '127.0.0.1').setEncoding('utf8');
  socket.on('data', (text: string) => (said += text));
  socket.write(
    `POST /alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\n` +
      `Content-Type: application/json\r\n${rest}`,
  );
  return socket;
}

function untilSaid(answer: RegExp): Promise<unknown> {
  return waitFor(() => Promise.resolve(answer.test(said)), {
    deadlineMs: 3_000,
    what: () => `${String(answer)}; it said ${said}`,
  });
}

describe('the alert receiver', () => {
  it('reports what fires, and says what became of it', async () => {
    await start();

    const { status, headers, text } = await send();

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(text)).toEqual({ reported: 1, known: 0, ignored: 0, refused: 0 });
    expect(reports).toMatchObject([{ kind: 'pod_crash', workload: 'api', source: 'alertmanager' }]);
    expect(counted).toContainEqual({ source: 'alertmanager', result: 'reported', count: 1 });
  });

  it('asks to be told again while Temporal does not answer', async () => {
    await start();
    answer = () => Promise.reject(new Error('14 UNAVAILABLE'));

    const { status, text } = await send();

    expect([status, text]).toEqual([
      503,
      '1 of the alerts could not be reported; send them again\n',
    ]);
    expect(counted).toContainEqual({ source: 'alertmanager', result: 'failed', count: 1 });
  });

  it('takes a refusal for no error', async () => {
    await start();
    answer = () => ({ refused: { type: 'halted', message: 'a person must act' } });

    const { status, text } = await send();

    expect([status, JSON.parse(text)]).toMatchObject([200, { refused: 1 }]);
  });

  it('has an alert sent again that comes while a deployment is on', async () => {
    await start();
    answer = () => ({ refused: { type: 'busy', message: 'a deployment is on' } });

    const { status, text } = await send();

    expect(status).toBe(503);
    expect(text).toMatch(/^1 are of a target with a deployment on, which decides; send them again/);
    expect(counted).toContainEqual({ source: 'alertmanager', result: 'busy', count: 1 });
  });

  it.each<[number, string, Sent]>([
    [404, 'another path', { path: '/' }],
    [404, 'a path below', { path: '/alerts/x' }],
    [405, 'another method', { method: 'GET' }],
    [401, 'no token', { headers: { authorization: '' } }],
    [401, 'a wrong token', { headers: { authorization: 'Bearer c4n4ry-tokem' } }],
    [401, 'a longer token', { headers: { authorization: `Bearer ${TOKEN}x` } }],
    [401, 'another scheme', { headers: { authorization: `Basic ${TOKEN}` } }],
    [415, 'a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    [415, 'a compressed body', { headers: { 'content-encoding': 'gzip' } }],
    [400, 'what is no JSON', { body: '{' }],
    [400, 'another webhook', { body: '{"alerts":[]}' }],
    [
      413,
      'too many alerts',
      { body: JSON.stringify({ version: '4', alerts: Array.from({ length: 201 }, () => ({})) }) },
    ],
    [413, 'a body that says that it is too large', { body: ' '.repeat(1_000_001) }],
    [413, 'a body that is too large', { body: streamOf(2_000_000) }],
  ])('answers %d to %s, in one line', async (expected, _what, sent) => {
    await start();

    const { status, text } = await send(sent);

    expect(status).toBe(expected);
    expect(text).toMatch(/^[^\n]+\n$/);
    expect(text).not.toContain(TOKEN);
    expect(reports).toEqual([]);
  });

  it('takes a body of just the size that is allowed, whatever is said of its text', async () => {
    await start();
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };

    expect((await send({ headers, body: BODY.padEnd(1_000_000) })).status).toBe(200);
  });

  it('bounds the rate, and says when to come again', async () => {
    await start({ rate: { perSecond: 0.001, burst: 3 } });

    const all = [await send(), await send(), await send(), await send()];

    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(all[3]?.headers.get('retry-after')).toBe('1');
    expect(reports).toHaveLength(3);
  });

  it('bounds strangers too, who take nothing from those who may', async () => {
    await start({ rate: { perSecond: 0.001, burst: 2 } });
    const stranger = { headers: { authorization: 'Bearer guess' } };

    const guesses = [await send(stranger), await send(stranger), await send(stranger)];

    expect(guesses.map(({ status }) => status)).toEqual([401, 401, 429]);
    expect((await send()).status).toBe(200);
  });

  it('has made-up signatures take nothing from those who sign', async () => {
    await start({ eventRate: { perSecond: 0.001, burst: 1 } });
    const body = '{}';
    const hex = createHmac('sha256', TOKEN).update(body).digest('hex');
    const signed = (signature: string) =>
      fetch(`http://127.0.0.1:${receiver.port}/events/github`, {
        ...{ method: 'POST', body },
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
      });

    const guesses = [await signed('sha256=1'), await signed(`sha256=${'0'.repeat(64)}`)];
    const [right, more] = [await signed(`sha256=${hex}`), await signed(`sha256=${hex}`)];

    expect(guesses.map(({ status }) => status)).toEqual([401, 401]);
    // It is signed, and no body of GitHub's.
    expect([right.status, more.status]).toEqual([400, 429]);
  });

  it('takes the token that is in force now, and none without one', async () => {
    await start();
    const renewed = { headers: { authorization: 'Bearer renewed' } };

    inForce = { ...SETTINGS, token: 'renewed' };

    expect([(await send()).status, (await send(renewed)).status]).toEqual([401, 200]);
    inForce = undefined;
    expect((await send(renewed)).status).toBe(401);
  });

  it('does not wait for a body that comes too slowly', async () => {
    await start({ arrivesWithinMs: 50 });
    const slow = talk('Content-Length: 100\r\n\r\n{');

    await once(slow, 'close');

    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(reports).toEqual([]);
  });

  it('reads nothing of a body that says that it is too large', async () => {
    await start();

    talk('Content-Length: 2000000\r\n\r\n');

    await untilSaid(/^HTTP\/1\.1 413 /);
  });

  it('answers on a connection whose last body was too large', async () => {
    await start();
    const body = ' '.repeat(8_000_000);
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

    talk(
      `Transfer-Encoding: chunked\r\n\r\n${chunked}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );

    await untilSaid(/^HTTP\/1\.1 413 [^]*HTTP\/1\.1 404 /);
  });

  it('answers what it is taking before it closes', async () => {
    await start();
    const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>();
    const { promise, resolve } = Promise.withResolvers<Reported>();
    answer = () => {
      ask(undefined);
      return promise;
    };
    const sent = send();
    await asked;

    const closed = receiver.close();
    resolve({ taken: { status: 'known', issue: {} as IssueView } });

    expect((await sent).status).toBe(200);
    await closed;
    await expect(send()).rejects.toThrow('fetch failed');
    await start();
  });

  it('says which port is taken', async () => {
    await start();
    const { port } = receiver;

    await expect(
      startReceiver({ host: '127.0.0.1', port }, {} as Parameters<typeof startReceiver>[1]),
    ).rejects.toThrow(`127.0.0.1:${port} (EADDRINUSE); choose another remediation.receiver.listen`);
  });
});
