import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Doom } from '@fairlead/contracts';
import { startMockDatadog } from '../../../../testing/src/vendors/datadog.ts';
import type { MockDatadog } from '../../../../testing/src/vendors/datadog.ts';
import { createDatadogClient } from '../client.ts';
import { aDelivery } from '../fixtures.ts';
import type { DatadogOptions } from '../options.ts';
import { createEventSink } from './event-sink.ts';

let vendor: MockDatadog;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-01-02T03:05:00Z');
  vendor = await startMockDatadog(() => now);
});

afterEach(() => vendor.stop());

type Parts = Parameters<typeof aDelivery>[0];

function parts(over: Partial<DatadogOptions> = {}) {
  const { apiKey, appKey, url } = vendor;
  const options = { apiKey, appKey, site: 'datadoghq.eu', apiUrl: url, dora: false, ...over };
  return { client: createDatadogClient(options), options };
}

function sink(over: Partial<DatadogOptions> = {}) {
  const { client, options } = parts(over);
  return createEventSink(client, options, () => now);
}

function send(told: Parts, to = sink()) {
  return to.send(aDelivery(told), AbortSignal.timeout(30_000));
}

const COMPLETED: Parts = { event: { kind: 'deployment-completed' } };
const STAGING = ['environment:staging', 'application:shop', 'source:fairlead', 'type:canary'];
const AT = Date.parse('2026-01-02T03:04:05Z') / 1_000;

function paths() {
  return vendor.received.map(({ path }) => path);
}

describe('an event', () => {
  it('of each kind is taken by the schema', async () => {
    for (const kind of NOTIFIED_KINDS) {
      await expect(send({ event: { kind } })).resolves.toEqual({ state: 'accepted' });
    }

    expect(vendor.events).toHaveLength(NOTIFIED_KINDS.length);
    expect(vendor.events[0]).toMatchObject({
      title: '[staging] Deployment Started: shop',
      aggregation_key: 'd-1',
      date_happened: AT,
    });
  });

  it('needs no application key', async () => {
    const answer = await send({}, sink({ appKey: 'none' }));

    expect(answer).toEqual({ state: 'accepted' });
  });

  it('is dead when it is older than 18 hours, with the reason', async () => {
    now = new Date('2026-01-02T21:04:06Z');

    await expect(send(COMPLETED)).resolves.toMatchObject({
      state: 'dead',
      detail: expect.stringMatching(/18 hours/),
    });
    expect(vendor.received).toEqual([]);
  });

  it('comes alone when it is too late for metrics, and says so', async () => {
    now = new Date('2026-01-02T04:05:00Z');

    await expect(send(COMPLETED)).resolves.toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/in no count/),
    });
    expect(paths()).toEqual(['/api/v1/events']);
  });
});

describe('the end of a deployment', () => {
  it('is counted once, however often it is told', async () => {
    await send(COMPLETED);
    await send(COMPLETED);

    const tags = [...STAGING, 'outcome:succeeded'];
    expect(vendor.points('fairlead.deployments')).toEqual([
      { metric: 'fairlead.deployments', tags, timestamp: AT, value: 1, type: 1 },
    ]);
    expect(vendor.points('fairlead.rollbacks')).toEqual([]);
  });

  it('has where the time went beside it', async () => {
    const since = '2026-01-02T03:03:00Z';
    const doom: Doom = {
      ...{ component: 'api', workload: 'api', side: 'canary', reason: 'ImagePull', message: 'no' },
      since,
    };
    await send({
      event: { kind: 'rollback-completed' },
      facts: {
        outcome: 'rolled-back',
        phaseSeconds: { canary: 60, 'awaiting-approval': 30 },
        components: [
          { name: 'api', image: 'api:2', phase: 'restored', seconds: 9, readySeconds: 4 },
        ],
        error: { type: 'ImagePull', message: 'no', at: '2026-01-02T03:03:02Z', doom },
        finishedAt: '2026-01-02T03:03:10Z',
      },
    });

    const values = (metric: string) =>
      vendor.values(metric).map(({ tags, value }) => [tags.at(-1), value]);
    expect(values('fairlead.deployment.phase_duration')).toEqual([
      ['phase:canary', 60],
      ['phase:awaiting-approval', 30],
    ]);
    expect(values('fairlead.component.duration')).toEqual([['component:api', 9]]);
    expect(values('fairlead.component.ready')).toEqual([['component:api', 4]]);
    expect(values('fairlead.deployment.time_to_detect')).toEqual([['application:shop', 2]]);
    expect(values('fairlead.deployment.time_to_safe')).toEqual([['application:shop', 10]]);
  });

  it('has its duration in seconds', async () => {
    await send(COMPLETED);

    expect(vendor.values('fairlead.deployment.duration')).toMatchObject([
      { tags: [...STAGING, 'outcome:succeeded'], timestamp: AT, value: 245.678 },
    ]);
  });

  it('counts the rollback that ended with it', async () => {
    await send({ event: { kind: 'deployment-failed', mark: 'rollback-failed' } });

    expect(vendor.points('fairlead.rollbacks')).toMatchObject([
      { tags: [...STAGING, 'result:failed'], value: 1 },
    ]);
    expect(vendor.points('fairlead.deployments')).toMatchObject([
      { tags: [...STAGING, 'outcome:failed'] },
    ]);
  });

  it.each([1, 2, 3])('tells nothing twice when request %i of 3 fails first', async (nth) => {
    const { client, options } = parts();
    let asked = 0;
    const to = createEventSink(
      {
        ask(what, signal) {
          asked += 1;
          if (asked === nth) vendor.misbehave({ status: 500 });
          return client.ask(what, signal);
        },
      },
      options,
      () => now,
    );
    await expect(send(COMPLETED, to)).rejects.toMatchObject({ retryable: true });

    await send(COMPLETED, to);

    expect(vendor.received).toHaveLength(4);
    expect(vendor.events).toHaveLength(1);
    expect(vendor.values('fairlead.deployment.duration')).toHaveLength(1);
  });

  it('"a repeat under the same key changes nothing"', async () => {
    const to = sink();
    await send(COMPLETED, to);
    const before = vendor.received.length;

    await expect(send(COMPLETED, to)).resolves.toEqual({ state: 'accepted' });
    expect(vendor.received).toHaveLength(before);
  });

  it('is none when somebody tries whether messages arrive', async () => {
    await send({ event: { kind: 'deployment-completed', mark: 'test' } }, sink({ dora: true }));

    expect(paths()).toEqual(['/api/v1/events']);
  });
});

describe('DORA', () => {
  it('gets the deployment with what is known of it', async () => {
    const ci = { provider: 'github', commit: 'abc123' };
    await send({ ...COMPLETED, facts: { ci } }, sink({ dora: true }));

    expect(vendor.deployments).toEqual([
      {
        id: expect.stringMatching(/^fairlead:[0-9a-f]{64}$/),
        service: 'shop',
        env: 'staging',
        version: '2.4.1',
        started_at: Date.parse('2026-01-02T03:00:00Z'),
        finished_at: Date.parse('2026-01-02T03:04:05.678Z'),
        custom_tags: [
          'managed_by:fairlead',
          'deployment:d-1',
          'type:canary',
          'kind:deploy',
          'commit:abc123',
        ],
      },
    ]);
    expect(vendor.failures).toEqual([]);
  });

  it('gets one failure, open until the rollback is over', async () => {
    const to = sink({ dora: true });
    await send({ event: { kind: 'deployment-failed' } }, to);
    expect(vendor.failures).toMatchObject([{ services: ['shop'], severity: 'Medium' }]);
    expect(vendor.failures[0]).not.toHaveProperty('finished_at');

    await send({ event: { id: 'd-1/2', kind: 'rollback-completed' } }, to);

    expect(vendor.failures).toMatchObject([
      { finished_at: Date.parse('2026-01-02T03:04:05.678Z') },
    ]);
  });

  it('gets nothing unless it is on', async () => {
    await send({ event: { kind: 'deployment-failed' } });

    expect(paths()).toEqual(['/api/v1/events']);
  });

  it('names no version where the images differ', async () => {
    const phase = 'done' as const;
    const components = [
      { name: 'api', image: 'shop/api:1', phase },
      { name: 'web', image: 'shop/web:2', phase },
    ];
    await send({ ...COMPLETED, facts: { components } }, sink({ dora: true }));

    expect(vendor.deployments[0]).not.toHaveProperty('version');
  });
});
