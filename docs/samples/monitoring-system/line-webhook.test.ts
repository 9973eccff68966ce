import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '@fairlead/contracts';
import type { TargetState } from '@fairlead/contracts';
import { startMockVendor } from '../../../libs/testing/src/vendors/mock-vendor.ts';
import type { MockVendor } from '../../../libs/testing/src/vendors/mock-vendor.ts';
import { createLineWebhook } from './line-webhook.ts';

const TOKEN = 'token-of-the-webhook';

let vendor: MockVendor;

/** As the other side would: it wants the token, and lines that are JSON. */
beforeEach(async () => {
  vendor = await startMockVendor(({ headers, body }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: 'who?' };
    if (headers['content-type'] !== 'application/x-ndjson') return { status: 415 };
    if (!/^(.+\n)*$/.test(body)) return { status: 400, body: 'a line is not ended' };
    for (const line of body.split('\n').filter(Boolean)) JSON.parse(line);
    return { status: 204 };
  });
});

afterEach(() => vendor.stop());

function setUp(token = TOKEN) {
  return createLineWebhook({ url: `${vendor.url}/lines`, token });
}

function signal(): AbortSignal {
  return AbortSignal.timeout(5_000);
}

function told(): unknown[] {
  return vendor.received.flatMap(({ body }) =>
    body
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line)),
  );
}

function aDelivery(): Delivery {
  return {
    key: 'd-1/deployment-completed/line-webhook',
    destination: 'line-webhook',
    event: {
      id: 'd-1/deployment-completed',
      type: 'status',
      kind: 'deployment-completed',
      at: '2026-01-02T03:04:05.678Z',
      message: 'succeeded:\napi runs api:2',
    },
    facts: {
      deploymentId: 'd-1',
      environment: 'staging',
      application: 'shop',
      namespace: 'shop-staging',
      cluster: 'default',
      type: 'rolling',
      kind: 'deploy',
      phase: 'baking',
      outcome: 'succeeded',
      step: 0,
      weight: 0,
      components: [],
      actor: 'kim',
      startedAt: '2026-01-02T03:00:00.000Z',
      warnings: [],
      drift: [],
    },
  };
}

const STATE: TargetState = {
  environment: 'staging',
  application: 'shop',
  totals: { deployments: {}, rollbacks: { succeeded: { count: 0 }, failed: { count: 0 } } },
};

describe('an event', () => {
  it('is one line, whatever stands in it, with the key that a repeat has too', async () => {
    const { events } = setUp();

    const answers = [
      await events.send(aDelivery(), signal()),
      await events.send(aDelivery(), signal()),
    ];

    const [first, second] = told();
    expect(answers).toEqual([{ state: 'accepted' }, { state: 'accepted' }]);
    expect(first).toMatchObject({
      key: 'd-1/deployment-completed/line-webhook',
      what: 'event',
      deployment: 'd-1',
      kind: 'deployment-completed',
      outcome: 'succeeded',
      message: 'succeeded:\napi runs api:2',
    });
    expect(second).toEqual(first);
  });

  it.each([
    ['answers 503', { status: 503 }],
    ['breaks off', 'reset' as const],
  ])('may be sent again when the webhook %s', async (_what, misbehaviour) => {
    vendor.misbehave(misbehaviour);

    await expect(setUp().events.send(aDelivery(), signal())).rejects.toMatchObject({
      type: 'vendor-unreachable',
      retryable: true,
    });
  });

  it('may be sent again after the wait that the webhook asks for', async () => {
    vendor.misbehave({ status: 429, headers: { 'retry-after': '7' } });

    await expect(setUp().events.send(aDelivery(), signal())).rejects.toMatchObject({
      type: 'vendor-throttled',
      retryAfterMs: 7_000,
    });
  });

  it('is refused for good, without the token in the words, when the webhook says no', async () => {
    vendor.misbehave({ status: 400, body: `no line: Bearer ${TOKEN}` });

    await expect(setUp().events.send(aDelivery(), signal())).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/^line-webhook answered 400: no line: Bearer \[hidden\]$/),
    });
  });
});

describe('a state', () => {
  it('takes the place of the one before, and goes with its target', async () => {
    const { states } = setUp();

    await states.publish(STATE, signal());
    await states.forget(STATE, signal());

    expect(told()).toEqual([
      { key: '["staging","shop"]', what: 'state', ...STATE },
      { key: '["staging","shop"]', what: 'gone', environment: 'staging', application: 'shop' },
    ]);
  });
});

describe('reach', () => {
  it('posts no line', async () => {
    await setUp().reach(signal());

    expect(vendor.received).toMatchObject([{ method: 'POST', path: '/lines', body: '' }]);
  });

  it('says what to do when the token is refused', async () => {
    await expect(setUp('another').reach(signal())).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/401.*renew its credentials/),
    });
  });
});
