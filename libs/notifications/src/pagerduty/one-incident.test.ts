import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockPagerduty } from '@fairlead/testing/vendors';
import type { MockPagerduty } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import type { PagerdutyOptions } from './options.ts';
import { createPagerduty } from './pagerduty.ts';

const ROUTING_KEY = 'K'.repeat(32);
const KEY = 'fairlead/staging/shop';

let vendor: MockPagerduty;

beforeEach(async () => {
  vendor = await startMockPagerduty();
  vendor.setRoutingKey(ROUTING_KEY);
});

afterEach(() => vendor.stop());

function pagerduty(over: Partial<PagerdutyOptions> = {}) {
  return createPagerduty({ keys: { routingKey: ROUTING_KEY }, apiUrl: vendor.url, ...over });
}

type Parts = NonNullable<Parameters<typeof aDelivery>[0]>;

const FAILED: Parts = { event: { kind: 'deployment-failed', type: 'failure' } };

function send(destination = pagerduty(), parts: Parts = FAILED) {
  const delivery = aDelivery({ destination: 'pagerduty', ...parts });
  return destination.send(delivery, AbortSignal.timeout(30_000));
}

describe('"one open incident per target"', () => {
  it.each<[string, Parts, Partial<PagerdutyOptions>]>([
    ['run', { facts: { deploymentId: 'd-2', kind: 'rollback' } }, {}],
    ['attempt', { event: { id: 'd-1/deployment-failed.2', mark: 'rollback-failed' } }, {}],
    ['severity', {}, { severityIn: () => 'warning' }],
    ['time', { event: { at: '2027-06-07T08:09:10.000Z' } }, {}],
  ])(
    '"Key `fairlead/<environment>/<application>`: the same for every" %s',
    (_what, { event, facts = {} }, options) => {
      const delivery = aDelivery({ event: { ...FAILED.event, ...event }, facts });

      const [preview] = pagerduty(options).preview?.(delivery) ?? [];

      expect(preview?.body).toMatchObject({ dedup_key: KEY });
    },
  );

  it('keeps targets apart whose names are too long for a key', async () => {
    for (const last of ['a', 'b']) {
      await send(pagerduty(), { ...FAILED, facts: { application: 'x'.repeat(300) + last } });
    }

    expect(new Set(vendor.openAlerts()).size).toBe(2);
  });

  it.each(['rollback-completed', 'deployment-completed'] as const)(
    '"A failure opens it, a later one updates it", %s "of the target resolves it, naming the deployments"',
    async (kind) => {
      await send(pagerduty(), FAILED);
      await send(pagerduty(), { ...FAILED, facts: { deploymentId: 'd-2' } });
      const whileFailing = vendor.openAlerts();
      await send(pagerduty(), { event: { kind }, facts: { deploymentId: 'd-3' } });

      expect(whileFailing).toEqual([KEY]);
      expect(vendor.openAlerts()).toEqual([]);
      const summaries = vendor.events.map((event) => JSON.stringify(event['payload']));
      expect(summaries).toEqual(['d-1', 'd-2', 'd-3'].map((id) => expect.stringContaining(id)));
    },
  );

  it("deployment A fails, B of the same target succeeds: A's incident closes, and no other", async () => {
    await send(pagerduty(), { ...FAILED, facts: { application: 'other' } });
    await send(pagerduty(), { ...FAILED, facts: { deploymentId: 'a' } });

    const event = { kind: 'deployment-completed' } as const;
    await send(pagerduty(), { event, facts: { deploymentId: 'b' } });

    expect(vendor.openAlerts()).toEqual(['fairlead/staging/other']);
  });

  it('is a warning where "`environments.<name>.severity: warning` lowers it", unless "marked, critical"', async () => {
    const destination = pagerduty({ severityIn: () => 'warning' });

    await send(destination);
    await send(destination, { event: { ...FAILED.event, mark: 'rollback-failed' } });

    const severities = vendor.events.map(({ payload }) => payload);
    expect(severities).toMatchObject([{ severity: 'warning' }, { severity: 'critical' }]);
  });
});

describe('"On a channel that interrupts (SMS, PagerDuty)"', () => {
  it('"`rollback-initiated` is covered by the `deployment-failed` of the same moment", "its receipt says so"', async () => {
    const facts = { error: { type: 'canary-failed', message: 'the error rate rose' } };

    const answer = await send(pagerduty(), { event: { kind: 'rollback-initiated' }, facts });

    expect(answer).toMatchObject({
      state: 'suppressed',
      detail: expect.stringMatching(/^covered/),
    });
  });
});
