import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockAlertmanager } from '../../../testing/src/vendors/alertmanager.ts';
import type { MockAlertmanager } from '../../../testing/src/vendors/alertmanager.ts';
import { createAlertmanager } from './alertmanager.ts';
import { aDelivery } from './fixtures.ts';
import type { AlertmanagerOptions } from './options.ts';

let clock: Date;
let vendor: MockAlertmanager;
let other: MockAlertmanager;

beforeEach(async () => {
  clock = new Date('2026-01-02T03:04:06.000Z');
  [vendor, other] = await Promise.all([
    startMockAlertmanager(() => clock),
    startMockAlertmanager(() => clock),
  ]);
});

afterEach(() => Promise.all([vendor.stop(), other.stop()]));

function alertmanager(over: Partial<AlertmanagerOptions> = {}) {
  const { url, username, password } = vendor;
  const options = { urls: [url], username, password, page: true, silence: true, ...over };
  return createAlertmanager(options, () => clock);
}

type Parts = NonNullable<Parameters<typeof aDelivery>[0]>;

function send(parts: Parts = {}, system = alertmanager(), signal = AbortSignal.timeout(5_000)) {
  return system.events.send(aDelivery(parts), signal);
}

const COMPLETED: Parts = {
  event: { kind: 'deployment-completed', at: '2026-01-02T03:05:00.000Z' },
  facts: { type: 'rolling' },
};
const CANARY: Parts = { event: { kind: 'canary-started' } };

function standing(at = vendor) {
  return at.alerts.filter(({ endsAt }) => Date.parse(endsAt) > clock.getTime());
}

function postsOf(at = vendor) {
  return at.received.filter(({ method }) => method === 'POST');
}

describe('an alert', () => {
  it('stands from a failure on', async () => {
    const answer = await send();

    expect(answer).toEqual({ state: 'accepted' });
    expect(standing()).toMatchObject([
      {
        labels: { alertname: 'Deployment Failure', page: 'true' },
        startsAt: '2026-01-02T03:04:05.678Z',
        endsAt: '2026-01-02T03:09:06.000Z',
      },
    ]);
  });

  it('is not changed by a repeat', async () => {
    await send();
    const before = [...vendor.alerts];
    clock = new Date('2026-01-02T03:05:00.000Z');

    const answer = await send();

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.alerts).toEqual(before);
    expect(postsOf()).toHaveLength(1);
  });

  it('is taken over by the next failure of the target', async () => {
    await send();

    await send({ event: { at: '2026-01-02T03:04:06.000Z' }, facts: { deploymentId: 'd-2' } });

    expect(standing()).toMatchObject([{ annotations: { deployment: 'd-2' } }]);
  });

  it('keeps the later failure when an earlier one arrives late', async () => {
    await send({ facts: { deploymentId: 'd-2' } });

    const answer = await send({ event: { at: '2026-01-02T03:00:00.000Z' } });

    expect(answer).toEqual({ state: 'suppressed', detail: 'covered: a later failure stands' });
    expect(standing()).toMatchObject([{ annotations: { deployment: 'd-2' } }]);
  });

  it.each(['deployment-completed', 'rollback-completed'] as const)(
    'is resolved by %s',
    async (kind) => {
      await send();
      await send({ event: { mark: 'rollback-failed' } });

      const answer = await send({ ...COMPLETED, event: { ...COMPLETED.event, kind } });

      expect(answer).toEqual({ state: 'accepted' });
      expect(vendor.alerts).toMatchObject([
        { labels: { alertname: 'Deployment Failure' }, endsAt: clock.toISOString() },
        { labels: { alertname: 'Failed Rollback' }, endsAt: clock.toISOString() },
      ]);
    },
  );

  it('is not resolved by what ended before it failed', async () => {
    await send();

    const answer = await send({
      ...COMPLETED,
      event: { kind: 'deployment-completed', at: '2026-01-02T03:00:00.000Z' },
    });

    expect(answer).toEqual({ state: 'suppressed', detail: 'no alert of this target stands' });
    expect(standing()).toHaveLength(1);
  });

  it('is not resolved by another target', async () => {
    await send();

    await send({ ...COMPLETED, facts: { ...COMPLETED.facts, application: 'blog' } });

    expect(standing()).toHaveLength(1);
  });

  it('is resolved with the labels that it has, whatever is configured by now', async () => {
    await send();

    await send(COMPLETED, alertmanager({ page: false }));

    expect(standing()).toEqual([]);
  });

  it('is not posted when Alertmanager would refuse it', async () => {
    const failure = send({}, alertmanager({ generatorUrl: 'grafana' }));

    await expect(failure).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: 'alertmanager: generatorURL is no URL; nothing was sent',
    });
    expect(postsOf()).toEqual([]);
  });

  it('is none for a test', async () => {
    const answer = await send({ event: { mark: 'test' } });

    expect(answer).toMatchObject({ state: 'suppressed' });
    expect(vendor.received).toEqual([]);
  });
});

describe('members', () => {
  function cluster(over: Partial<AlertmanagerOptions> = {}) {
    return alertmanager({ urls: [vendor.url, other.url], ...over });
  }

  it('are all told', async () => {
    const answer = await send({}, cluster());

    expect(answer).toEqual({ state: 'accepted' });
    expect([standing(vendor), standing(other)]).toMatchObject([[{}], [{}]]);
  });

  it.each([
    ['is down', { status: 503 }, 'alertmanager answered 503'],
    ['refuses', { status: 400, body: '"no"' }, 'alertmanager answered 400: "no"'],
  ])('do with one that takes it where the other %s', async (_name, answer, why) => {
    vendor.misbehave(answer);

    expect(await send({}, cluster())).toEqual({
      state: 'accepted',
      detail: `1 of 2 members took it; member 1: ${why}`,
    });
    expect(standing(other)).toHaveLength(1);
  });

  it('are not held up by one that hangs', async () => {
    vendor.misbehave('hang');

    const patient = new AbortController().signal;
    const answer = await send({}, cluster({ memberTimeoutMs: 200 }), patient);

    expect(answer).toMatchObject({ state: 'accepted', detail: expect.stringMatching(/^1 of 2/) });
  });

  it('are tried again when none took it and one may later', async () => {
    vendor.misbehave({ status: 400 });
    other.misbehave({ status: 503 });

    await expect(send({}, cluster())).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('make one silence, at the first that answers', async () => {
    vendor.misbehave('reset');

    await send(CANARY, cluster());

    expect([vendor.silences, other.silences]).toMatchObject([[], [{ createdBy: 'd-1' }]]);
  });

  it('are each asked by reach', async () => {
    other.misbehave({ status: 403 });

    const reached = cluster().reach(AbortSignal.timeout(5_000));

    await expect(reached).rejects.toMatchObject({ type: 'vendor-rejected' });
  });

  it('are some', async () => {
    await expect(send({}, alertmanager({ urls: [] }))).rejects.toThrow(/no address is configured/);
  });
});

describe('a silence', () => {
  const LAST: Parts = { event: { kind: 'deployment-completed' } };

  it('holds back what others say of the target while the canary is on, and nothing of ours', async () => {
    const answer = await send(CANARY);

    expect(vendor.silences).toMatchObject([
      {
        matchers: [
          { name: 'environment', value: 'staging', isRegex: false, isEqual: true },
          { name: 'application', value: 'shop', isRegex: false, isEqual: true },
          { name: 'namespace', value: '(shop-staging)?', isRegex: true, isEqual: true },
          { name: 'managed_by', value: 'fairlead', isRegex: false, isEqual: false },
          { name: 'fairlead_deployment', value: 'd-1', isRegex: false, isEqual: false },
        ],
        createdBy: 'd-1',
        startsAt: '2026-01-02T03:04:05.678Z',
        endsAt: '2026-01-02T05:04:05.678Z',
      },
    ]);
    expect(answer).toEqual({ state: 'accepted', detail: `silence ${vendor.silences[0]?.id}` });
  });

  it('is one, however often it is asked for', async () => {
    await send(CANARY);

    await send(CANARY);

    expect(vendor.silences).toHaveLength(1);
  });

  it('ends with the deployment, and its neighbour stays', async () => {
    await send(CANARY);
    await send({ ...CANARY, facts: { deploymentId: 'd-2', application: 'blog' } });

    const answer = await send(LAST);

    expect(answer).toEqual({
      state: 'accepted',
      detail: `no alert of this target stands; silence removed: ${vendor.silences[0]?.id}`,
    });
    expect(vendor.silences.map(({ status }) => status.state)).toEqual(['expired', 'active']);
  });

  it('is not made anew when its canary is told of again after the end', async () => {
    await send(CANARY);
    await send(LAST);

    await send(CANARY);

    expect(vendor.silences.map(({ status }) => status.state)).toEqual(['expired']);
  });

  it('lasts while a failure is being rolled back', async () => {
    await send(CANARY);

    await send();
    const during = vendor.silences.map(({ status }) => status.state);
    await send({ event: { kind: 'rollback-completed' } });

    expect(during).toEqual(['active']);
    expect(vendor.silences.map(({ status }) => status.state)).toEqual(['expired']);
  });

  it.each<[string, Parts]>([
    ['the rollback failed', { event: { mark: 'rollback-failed' } }],
    ['there was nothing to undo', { facts: { outcome: 'failed' } }],
  ])('ends with a failure after which %s', async (_name, parts) => {
    await send(CANARY);

    await send(parts);

    expect(vendor.silences.map(({ status }) => status.state)).toEqual(['expired']);
  });

  it('is not asked for when its time is over', async () => {
    const answer = await send({ event: { kind: 'canary-started', at: '2026-01-02T01:00:00Z' } });

    expect(answer).toMatchObject({ state: 'suppressed' });
    expect(vendor.received).toEqual([]);
  });

  it('is none of its business where it is off', async () => {
    const system = alertmanager({ silence: false });

    await send(LAST, system);

    expect(system.events.kinds).not.toContain('canary-started');
    expect(vendor.received.some(({ path }) => path.includes('silence'))).toBe(false);
  });
});

describe('what Alertmanager answers', () => {
  it.each([
    ['400', { status: 400, body: '"bad"' }, /400: "bad"/],
    ['422', { status: 422, body: '{"code":601}' }, /422: {"code":601}/],
    ['401', { status: 401 }, /401; renew its credentials/],
    ['a redirect', { status: 302, headers: { location: '/x' } }, /302; it redirects: configure/],
    ['a page', { status: 200, body: '<html>' }, /200 without JSON: something else stands/],
    ['no list', { status: 200, body: '{}' }, /no list: something else stands/],
    ['10 MB', { status: 200, body: 'x'.repeat(10_000_000) }, /more than 64 KiB/],
  ])('is a refusal for good with %s', async (_name, answer, message) => {
    vendor.misbehave(answer);

    const failure = send();

    await expect(failure).rejects.toMatchObject({ type: 'vendor-rejected' });
    await expect(failure).rejects.toThrow(message);
  });

  it.each([
    ['500', { status: 500 }, 'vendor-unreachable'],
    ['429', { status: 429 }, 'vendor-throttled'],
    ['a reset', 'reset' as const, 'vendor-unreachable'],
  ])('may be another one next time after %s', async (_name, answer, type) => {
    vendor.misbehave(answer);

    await expect(send()).rejects.toMatchObject({ type, retryable: true });
  });

  it('ends with the signal when it is nothing', async () => {
    vendor.misbehave('hang');
    const gone = new AbortController();
    const ended = expect(send({}, alertmanager(), gone.signal)).rejects.toMatchObject({
      type: 'vendor-unreachable',
    });

    gone.abort();

    await ended;
  });

  it('makes it reached, with the credentials, without a trace', async () => {
    await alertmanager().reach(AbortSignal.timeout(5_000));

    expect(vendor.received).toMatchObject([{ method: 'GET' }]);
  });
});
