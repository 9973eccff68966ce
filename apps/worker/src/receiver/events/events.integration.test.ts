import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HTTP, CloudEvent } from 'cloudevents';
import { tellOnce } from '@fairlead/client/internal/deployments/tell-once';
import { targetWorkflowId } from '@fairlead/contracts';
import { ledgerQuery } from '@fairlead/contracts/messages';
import type { EventSettings } from '@fairlead/settings';
import { createLog } from '@fairlead/temporal/logging';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  planOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { startReceiver } from '../receiver.ts';
import type { Receiver } from '../receiver.ts';
import { snippetBodies } from '../testing/snippet-bodies.ts';

const TOKEN = 's3cret';
const log = createLog({ service: 'test', level: 'error' });
const deliveries = createRecordingDeliveries({ mail: 'keyed' });
const cluster = createScriptedCluster();
let harness: WorkflowHarness;
let receiver: Receiver;
let isAway = false;
let number = 0;
let application: string;

beforeAll(async () => {
  harness = await startWorkflowHarness({
    ...cluster,
    ...deliveries,
    lookupRecord: () => Promise.resolve(undefined),
  });
  const { client } = harness;
  const server = { client, address: 'there', namespace: harness.server.namespace };
  receiver = await startReceiver(
    { host: '127.0.0.1', port: 0 },
    {
      settings: () => ({ host: '127.0.0.1', port: 0, token: TOKEN, rules: [], places: [] }),
      reports: { report: () => Promise.reject(new Error('no issue is reported')) },
      count: () => undefined,
      log,
      events: {
        log,
        settings: eventSettings,
        tell: (telling) =>
          isAway ? Promise.reject(new Error('14 UNAVAILABLE')) : tellOnce(server, telling),
      },
    },
  );
});
beforeEach(() => {
  number += 1;
  application = `app-${number}`;
  isAway = false;
  deliveries.sent.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await harness.stop();
});

function eventSettings(): EventSettings {
  return {
    environments: ['staging'],
    environmentsAs: new Map([['cluster-1', 'staging']]),
    applicationsAs: new Map([['Shop (api)', application]]),
    anyApplication: false,
    plan: (place, foreign) =>
      planOf({ ...place, foreign, components: [], cluster: '', namespace: '', type: 'rolling' }),
  };
}

interface Sent {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

async function send({ path = '/events', headers = {}, body }: Sent) {
  const response = await fetch(`http://127.0.0.1:${receiver.port}${path}`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(headers as Record<string, string>),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const { deployment = '' } = (response.status === 200 ? JSON.parse(text) : {}) as {
    deployment?: string;
  };
  return { status: response.status, headers: response.headers, text, deployment };
}

/** As GitHub and Flux sign: by the token, and without showing it. */
async function sendSigned(header: string, { headers, ...sent }: Sent, secret = TOKEN) {
  const body = JSON.stringify(sent.body);
  const hex = createHmac('sha256', secret).update(body).digest('hex');
  const response = await fetch(`http://127.0.0.1:${receiver.port}${sent.path ?? ''}`, {
    method: 'POST',
    headers: {
      ...(headers as Record<string, string>),
      ...{ 'content-type': 'application/json', [header]: `sha256=${hex}` },
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}

function plain(type: string, more: Readonly<Record<string, unknown>> = {}) {
  const deployment = `plain-${number}`;
  return { body: { type, deployment, environment: 'staging', application, ...more } };
}

async function foreignTotals() {
  const { totals } = await harness.client.workflow
    .getHandle(targetWorkflowId('staging', application))
    .query(ledgerQuery);
  return totals.foreign?.events;
}

/** Of a service, as the examples of CDEvents' specification have it. */
function cdevent(kind: string, version: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    context: {
      specversion: '0.5.1',
      ...{ id: `271069a8-${number}`, source: '/event/source/123' },
      ...{ type: `dev.cdevents.${kind}.${version}`, timestamp: '2026-03-20T14:27:05.315384Z' },
    },
    subject: {
      ...{ id: 'Shop (api)', source: '/event/source/123' },
      content: {
        environment: { id: 'cluster-1' },
        artifactId: 'pkg:oci/api@sha256%3A0b31b1c0?repository_url=registry.example.com/api',
      },
    },
    ...more,
  };
}

function cloudEvent(data: ReturnType<typeof cdevent>) {
  const { id, source, type } = data.context;
  return new CloudEvent({ id, source, type, data });
}

describe('events in plain JSON', () => {
  it('begin and finish a deployment, each told once however often it is sent', async () => {
    const finish = plain('finish', { outcome: 'failed', message: 'health is Degraded' });

    for (const sent of [plain('begin', { tool: 'Argo CD' }), plain('begin'), finish]) {
      expect((await send(sent)).status).toBe(200);
    }
    await harness.result(`plain-${number}`);

    expect(await send(finish)).toMatchObject({ status: 200, deployment: `plain-${number}` });
    expect(await harness.record(`plain-${number}`)).toMatchObject({
      ...{ outcome: 'failed', source: 'events', tool: 'Argo CD' },
      error: { type: 'told-failed', message: 'health is Degraded' },
    });
    expect(deliveries.kindsTo('mail')).toEqual(['deployment-started', 'deployment-failed']);
    expect((await foreignTotals())?.deployments.rolling?.failed?.count).toBe(1);
  });

  it('that ended before they began, by clocks that differ, took no time', async () => {
    await send(plain('begin', { at: '2026-01-02T03:04:05Z' }));
    await send(plain('finish', { at: '2026-01-02T03:03:00Z' }));
    await harness.result(`plain-${number}`);

    const { startedAt, finishedAt, durationSeconds } = await harness.record(`plain-${number}`);
    expect([finishedAt, durationSeconds]).toEqual([startedAt, 0]);
    expect((await foreignTotals())?.deployments.rolling?.succeeded).toMatchObject({
      count: 1,
      durationSecondsSum: 0,
    });
  });

  it('refuses what comes after the end, or before the begin', async () => {
    const early = { type: 'finish', deployment: `plain-${number}` };
    expect(await send({ body: early })).toMatchObject({ status: 404 });
    await send(plain('finish'));
    await harness.result(`plain-${number}`);

    expect(await send(plain('progress', { eventId: 'late' }))).toMatchObject({ status: 409 });
    expect(await send({ body: { ...early, eventId: 'finish' } })).toMatchObject({ status: 200 });
  });

  it.each([
    ['no JSON', '{', 400, /not JSON/],
    ['another type', { type: 'start', deployment: 'd' }, 400, /type is one of/],
    ['an unknown key', { type: 'begin', deployment: 'd', env: 'staging' }, 400, /no "env"/],
    ['another time', { type: 'finish', deployment: 'd', at: 'noon' }, 400, /time is written/],
  ])('refuses %s', async (_what, body, status, reason) => {
    expect(await send({ body })).toMatchObject({ status, text: expect.stringMatching(reason) });
  });

  it('begins nothing where nothing is configured', async () => {
    expect(await send(plain('begin', { environment: 'stagin' }))).toMatchObject({
      status: 422,
      text: expect.stringContaining('did you mean staging?'),
    });
    expect(await send(plain('begin', { application: 'blog' }))).toMatchObject({ status: 422 });
    expect(await send(plain('begin', { at: '2999-01-01T00:00:00Z' }))).toMatchObject({
      status: 400,
    });
    expect(await send({ body: { type: 'progress', deployment: `plain-${number}` } })).toMatchObject(
      { status: 404 },
    );
  });

  it('asks to be told again while Temporal is away', async () => {
    isAway = true;

    const { status, headers } = await send(plain('begin'));

    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
  });
});

describe('CDEvents', () => {
  it.each(['structured', 'binary'] as const)('in %s mode tell of a deployment', async (mode) => {
    const message = HTTP[mode](cloudEvent(cdevent('service.deployed', '0.3.0')));
    const sent = { headers: message.headers, body: message.body };

    const { status, deployment } = await send(sent);
    expect(status).toBe(200);
    await harness.result(deployment);

    expect((await send(sent)).deployment).toBe(deployment);
    expect(await harness.record(deployment)).toMatchObject({
      ...{ outcome: 'succeeded', application, tool: 'CDEvents' },
      finishedAt: '2026-03-20T14:27:05.315Z',
    });
    expect((await foreignTotals())?.deployments.rolling?.succeeded?.count).toBe(1);
  });

  it('of spec 0.4 are read too', async () => {
    const { context, subject } = cdevent('service.upgraded', '0.2.0');
    const { specversion: _newer, ...older } = context;
    const data = {
      context: { ...older, version: '0.4.1' },
      subject: { ...subject, type: 'service' },
    };
    const message = HTTP.structured(cloudEvent(data as never));

    expect((await send(message)).status).toBe(200);
  });

  it('of another controller’s rollback become ours, with its own words', async () => {
    const customData = { reason: 'error rate of 7 %' };
    const data = cdevent('service.rolledback', '0.3.0', { customData });

    const { deployment } = await send(HTTP.structured(cloudEvent(data)));
    await harness.result(deployment);

    expect((await harness.record(deployment)).events.at(-1)).toMatchObject({
      ...{ kind: 'rollback-completed', message: 'error rate of 7 %' },
    });
    expect((await foreignTotals())?.rollbacks.succeeded.count).toBe(1);
  });

  it('of a service that was removed are a deployment too: it runs there no more', async () => {
    const { context, subject } = cdevent('service.removed', '0.3.0');
    const { environment } = subject.content;
    const data = { context, subject: { ...subject, content: { environment } } };

    const { status, deployment } = await send(HTTP.structured(cloudEvent(data as never)));
    await harness.result(deployment);

    expect(status).toBe(200);
    expect(await harness.record(deployment)).toMatchObject({ outcome: 'succeeded', application });
    expect((await harness.record(deployment)).events.at(-1)).toMatchObject({
      message: 'removed, says /event/source/123',
    });
  });

  it('that are no deployment are taken, and nothing is recorded', async () => {
    const { context, subject } = cdevent('environment.created', '0.3.0');
    const data = { context, subject: { id: subject.id, content: { name: 'qa' } } };

    expect(await send(HTTP.structured(cloudEvent(data as never)))).toMatchObject({
      status: 202,
      text: expect.stringContaining('"recorded":false'),
    });
  });

  it.each([
    ['another type', { context: { type: 'dev.cdevents.build.started.0.2.0' } }, /is none that/],
    ['no context', { context: 1 }, /has a context/],
    ['another subject', { subject: { id: 'a', content: {} } }, /it is no service.deployed/],
    ['a newer version', { context: { type: 'dev.cdevents.service.deployed.1.0.0' } }, /not known/],
  ])('of %s are refused', async (_what, over, reason) => {
    const data = { ...cdevent('service.deployed', '0.3.0'), ...over };
    const event = new CloudEvent({ id: '1', source: '/s', type: 'any', data });

    expect(await send(HTTP.structured(event))).toMatchObject({
      ...{ status: 400, text: expect.stringMatching(reason) },
    });
  });
});

describe('the snippets of deploy/events', () => {
  it.each([
    ['succeeded', { outcome: 'succeeded', finishedAt: '2026-03-20T14:28:05Z' }],
    ['failed', { outcome: 'failed', error: { message: 'one "or" more objects failed to apply' } }],
  ] as const)('have Argo CD tell of a sync that %s', async (which, expected) => {
    const snippets = snippetBodies(application);

    const begun = await send({ body: snippets.argoCd('begin') });
    const { status, deployment } = await send({ body: snippets.argoCd(which) });
    await harness.result(deployment);

    expect([begun.status, status]).toEqual([200, 200]);
    expect(deployment).toMatch(/^argo-[0-9a-z-]{36}-1774016825$/);
    expect(await harness.record(deployment)).toMatchObject({
      ...{ environment: 'staging', application, startedAt: '2026-03-20T14:27:05Z' },
      ...expected,
    });
  });

  it('have hooks of Helm tell of a release, and of the way back', async () => {
    const snippets = snippetBodies(application);

    const begun = await send({ body: snippets.helm('begin') });
    const ended = await send({ body: snippets.helm('end') });
    const back = await send({ body: snippets.helm('rollback') });
    await Promise.all([ended, back].map(({ deployment }) => harness.result(deployment)));

    expect([begun.status, ended.status, back.status]).toEqual([200, 200, 200]);
    expect(ended.deployment).toBe(`helm-${application}-b4a9c1d2e3f4-7`);
    expect(back.deployment).toMatch(/-back-[0-9]{10}$/);
    const records = [ended, back].map(({ deployment }) => harness.record(deployment));
    const outcomes = (await Promise.all(records)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['succeeded', 'rolled-back']);
  });
});

describe('events that are signed', () => {
  const github = (state: string, id: number) => ({
    path: '/events/github',
    headers: { 'x-github-event': 'deployment_status' },
    body: {
      action: 'created',
      deployment_status: {
        ...{ id, state, description: `is ${state}`, created_at: '2026-02-01T10:00:00Z' },
      },
      deployment: {
        ...{ id: number + 1_000, environment: 'cluster-1', ref: 'main', sha: 'a84d88e7554f' },
        creator: { login: 'octocat' },
      },
      repository: { name: application, full_name: `octo/${application}` },
    },
  });

  it('are GitHub’s statuses of a deployment', async () => {
    for (const [index, state] of ['queued', 'in_progress', 'success', 'success'].entries()) {
      const { status } = await sendSigned('x-hub-signature-256', github(state, Math.min(index, 2)));
      expect(status).toBe(state === 'queued' ? 202 : 200);
    }
    await harness.result(`github-${number + 1_000}`);

    expect(await harness.record(`github-${number + 1_000}`)).toMatchObject({
      ...{ outcome: 'succeeded', tool: 'GitHub', actor: 'octocat' },
    });
    expect(await sendSigned('x-hub-signature-256', github('success', 2), 'x')).toMatchObject({
      status: 401,
    });
  });

  const flux = (reason: string) => ({
    path: '/events/flux',
    body: {
      involvedObject: { kind: 'HelmRelease', namespace: 'cluster-1', name: application },
      ...{ timestamp: '2026-02-01T10:00:00Z', reason, message: `Helm: ${reason}` },
      metadata: { 'helm.toolkit.fluxcd.io/revision': '6.5.4' },
    },
  });

  it('are Flux’s of a release, and its rollback', async () => {
    for (const reason of ['UpgradeFailed', 'RollbackSucceeded', 'RollbackSucceeded']) {
      const { status, text } = await sendSigned('x-signature', flux(reason));
      expect(status).toBe(200);
      await harness.result((JSON.parse(text) as { deployment: string }).deployment);
    }

    const totals = await foreignTotals();
    expect(totals?.deployments.rolling?.failed?.count).toBe(1);
    expect(totals?.rollbacks.succeeded.count).toBe(1);
    expect((await sendSigned('x-signature', flux('DependencyNotReady'))).status).toBe(202);
  });

  it('are no alerts', async () => {
    expect(await sendSigned('x-signature', { path: '/alerts', body: {} })).toMatchObject({
      status: 401,
    });
  });
});
