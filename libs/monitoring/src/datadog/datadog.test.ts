import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockDatadog } from '../../../testing/src/vendors/datadog.ts';
import type { MockDatadog } from '../../../testing/src/vendors/datadog.ts';
import { createDatadog } from './datadog.ts';
import { aDashboard, aDelivery, aState, fourAlerts } from './fixtures.ts';
import type { DatadogOptions } from './options.ts';

const NOW = new Date('2026-01-02T03:05:00.400Z');

let vendor: MockDatadog;

beforeEach(async () => {
  vendor = await startMockDatadog(() => NOW);
});

afterEach(() => vendor.stop());

function datadog(over: Partial<DatadogOptions> = {}) {
  const { apiKey, appKey, url } = vendor;
  const options = { apiKey, appKey, site: 'datadoghq.eu', apiUrl: url, dora: false, ...over };
  const definitions = { dashboards: [aDashboard()], alerts: fourAlerts() };
  return createDatadog(options, { definitions, now: () => NOW });
}

function signal() {
  return AbortSignal.timeout(30_000);
}

function reach(over: Partial<DatadogOptions> = {}, within = signal()) {
  return datadog(over).reach(within);
}

function sendEvent(over: Partial<DatadogOptions> = {}, within = signal()) {
  return datadog(over).events!.send(aDelivery(), within);
}

describe('reach', () => {
  it('is content when both keys are right', async () => {
    await expect(reach()).resolves.toBeUndefined();
  });

  it.each([{ apiKey: 'wrong' }, { appKey: 'wrong' }])('tells of %j', async (over) => {
    await expect(reach(over)).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/403.*renew its credentials/),
    });
  });
});

describe('gauges', () => {
  const startedAt = '2026-01-02T03:00:00.900Z';
  const tags = ['environment:staging', 'application:shop', 'type:canary'];
  const timestamp = Math.floor(NOW.getTime() / 1_000);

  async function send(states: Parameters<typeof aState>[0][]) {
    await datadog().gauges!.send(states.map(aState), NOW, signal());
  }

  it('tell how long it runs, how long over what was expected, and how the canary is', async () => {
    const canary = { healthy: false, weight: 0.25 };
    await send([{ running: { type: 'canary', startedAt, expectedSeconds: 240, canary } }]);

    const gauge = { tags, timestamp, type: 3 };
    expect(vendor.points('fairlead.deployment.running_seconds')).toMatchObject([
      { ...gauge, value: 300 },
    ]);
    expect(vendor.points('fairlead.deployment.over_expected_seconds')).toMatchObject([
      { ...gauge, value: 60 },
    ]);
    expect(vendor.points('fairlead.canary.healthy')).toMatchObject([{ ...gauge, value: 0 }]);
    expect(vendor.points('fairlead.canary.weight')).toMatchObject([{ ...gauge, value: 0.25 }]);
  });

  it('are 0 over what was expected while there is time left, and none of a canary without one', async () => {
    await send([{ running: { type: 'rolling', startedAt, expectedSeconds: 900 } }]);

    expect(vendor.points('fairlead.deployment.over_expected_seconds')).toMatchObject([
      { value: 0 },
    ]);
    expect(vendor.points('fairlead.canary.healthy')).toEqual([]);
  });

  it('cost no call while nothing runs', async () => {
    await send([{}, {}]);

    expect(vendor.received).toEqual([]);
  });

  it('of very many targets are sent in requests that are short enough', async () => {
    const running = { type: 'rolling', startedAt, expectedSeconds: 900 } as const;
    const application = 'a'.repeat(190);
    await send(
      Array.from({ length: 1_000 }, (_, index) => ({
        application: `${index}${application}`,
        environment: 'e'.repeat(190),
        running,
      })),
    );

    expect(vendor.points('fairlead.deployment.running_seconds')).toHaveLength(1_000);
    expect(vendor.received).toHaveLength(4);
  });
});

describe('a metric query', () => {
  const request = { expression: 'avg:x{*} by {environment}', at: NOW, windowMs: 300_000 };
  const atMs = NOW.getTime() - 60_000;

  function query() {
    return datadog().metrics!.query(request, signal());
  }

  it('is answered with the latest value of each series', async () => {
    vendor.setQueryAnswer({
      status: 'ok',
      series: [
        {
          tag_set: ['environment:staging', 'image:shop:1'],
          pointlist: [
            [atMs - 60_000, 1],
            [atMs, 2],
            [atMs + 20_000, null],
          ],
        },
        { tag_set: ['environment:quiet'], pointlist: [[atMs, null]] },
      ],
    });

    await expect(query()).resolves.toEqual([
      { labels: { environment: 'staging', image: 'shop:1' }, value: 2, at: new Date(atMs) },
    ]);
    const asked = new URL(vendor.received[0]!.path, 'http://vendor').searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      from: String(Date.parse('2026-01-02T03:00:00Z') / 1_000),
      to: String(Date.parse('2026-01-02T03:05:01Z') / 1_000),
      query: request.expression,
    });
  });

  it('is answered with nothing where there is no data', async () => {
    await expect(query()).resolves.toEqual([]);
  });

  it('says why it cannot be understood', async () => {
    vendor.setQueryAnswer({ status: 'error', error: 'unknown function' });

    await expect(query()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/unknown function/),
    });
  });

  it('says that the answer was too long to be read', async () => {
    vendor.misbehave({ status: 200, body: JSON.stringify({ series: ['x'.repeat(10_000_000)] }) });

    await expect(query()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/more than 64 KiB/),
    });
  });
});

describe('trouble on the way', () => {
  it.each([
    [{}, 1_000],
    [{ 'x-ratelimit-reset': '17' }, 17_000],
    [{ 'x-ratelimit-reset': '17', 'retry-after': '3' }, 17_000],
    [{ 'retry-after': '3' }, 3_000],
  ])('keeps the wait at a 429 with %j, and leaves the retry to Temporal', async (headers, ms) => {
    vendor.misbehave({ status: 429, headers });

    await expect(sendEvent()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs: ms });
    expect(vendor.received).toHaveLength(1);
  });

  it.each([{ status: 500 }, { status: 503, body: '<html>' }, { status: 408 }, 'reset'] as const)(
    'is tried again after %j',
    async (misbehaviour) => {
      vendor.misbehave(misbehaviour);

      await expect(sendEvent()).rejects.toMatchObject({ type: 'vendor-unreachable' });
      expect(vendor.received).toHaveLength(1);
    },
  );

  it.each([400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 307])(
    'is final at %i',
    async (status) => {
      vendor.misbehave({ status, headers: { location: `${vendor.url}/elsewhere` } });

      await expect(sendEvent()).rejects.toMatchObject({ type: 'vendor-rejected' });
      expect(vendor.received).toHaveLength(1);
    },
  );

  it('is taken when the answer to a success is garbage, or 10 MB of it', async () => {
    vendor.misbehave({ status: 202, body: '<html>' }, { status: 202, body: 'x'.repeat(1e7) });

    await expect(sendEvent()).resolves.toEqual({ state: 'accepted' });
    await expect(sendEvent()).resolves.toEqual({ state: 'accepted' });
  });

  it('is final where something else answers in its place to what must be read', async () => {
    const plan = datadog().provisioner!.plan({ force: false, removeDuplicates: false }, signal());
    vendor.misbehave({ status: 200, body: '<html>' });

    await expect(plan).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/site and api_url/),
    });
  });

  it('ends with the signal when it hangs', async () => {
    await reach();
    vendor.misbehave('hang');

    await expect(sendEvent({}, AbortSignal.timeout(50))).rejects.toMatchObject({
      type: 'vendor-unreachable',
    });
  });

  it('goes by a gateway where one is configured, under its path', async () => {
    const away = sendEvent({ apiUrl: `${vendor.url}/gateway/` });

    await expect(away).rejects.toMatchObject({ type: 'vendor-rejected' });
    expect(vendor.received.map(({ path }) => path)).toEqual(['/gateway/api/v1/events']);
  });

  it.each(['a-secret-of-datadog', 'a-secret-of-datadog\n"ü😀'])(
    'never tells the secret %j',
    async (secret) => {
      const errors: string[] = [];
      const echo = { status: 403, body: JSON.stringify({ errors: [secret] }) };
      const keep = (error: unknown) => {
        const { cause, stack } = error as Error;
        errors.push(String(error), String(stack), String(cause), JSON.stringify(error));
      };
      vendor.misbehave(echo);
      await sendEvent({ apiKey: secret, appKey: secret }).catch(keep);
      await sendEvent({ apiKey: secret }).catch(keep);
      await reach({ appKey: secret }).catch(keep);
      await sendEvent({ apiKey: secret, apiUrl: 'http://127.0.0.1:1' }).catch(keep);

      expect(errors).toHaveLength(16);
      expect(errors.join('\n')).not.toContain('a-secret-of-datadog');
    },
  );
});
