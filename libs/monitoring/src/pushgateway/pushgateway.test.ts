import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockPushgateway } from '../../../testing/src/vendors/pushgateway.ts';
import type { MockPushgateway } from '../../../testing/src/vendors/pushgateway.ts';
import type { ServerOptions } from '../prometheus/ask.ts';
import { seriesOf } from '../prometheus/exposition.ts';
import { A_CANARY_RUN, aTarget } from '../prometheus/fixtures.ts';
import { createPushgateway } from './pushgateway.ts';

let vendor: MockPushgateway;

beforeEach(async () => {
  vendor = await startMockPushgateway();
});

afterEach(() => vendor.stop());

function pushgateway(over: Partial<ServerOptions> = {}) {
  const { url, username, password } = vendor;
  return createPushgateway({ url, username, password, ...over });
}

function publish(system = pushgateway(), signal = AbortSignal.timeout(5_000)) {
  return system.states.publish(aTarget({ running: A_CANARY_RUN }), signal);
}

const PATH = '/metrics/job/fairlead/environment/staging/application/shop';

describe('publish', () => {
  it('puts what /metrics would say of the target in the place of its group', async () => {
    await publish();

    expect(vendor.received).toMatchObject([{ method: 'PUT', path: PATH }]);
    expect(vendor.groups.get(PATH)).toBe(await seriesOf([aTarget({ running: A_CANARY_RUN })]));
  });

  it('takes 202, where it is not to check, for a success', async () => {
    vendor.misbehave({ status: 202 });

    await expect(publish()).resolves.toBeUndefined();
  });

  it.each([
    ['400', { status: 400, body: 'text format parsing error' }, /400: text format parsing error/],
    ['403', { status: 403 }, /403; renew its credentials/],
    ['a redirect', { status: 301, headers: { location: '/x' } }, /301; it redirects: configure/],
    ['10 MB', { status: 413, body: 'x'.repeat(10_000_000) }, /413: x+… \(\d+ more characters\)$/],
    ['an odd success', { status: 204 }, /204/],
  ])('is refused for good by %s', async (_name, answer, message) => {
    vendor.misbehave(answer);

    const failure = publish();

    await expect(failure).rejects.toMatchObject({ type: 'vendor-rejected' });
    await expect(failure).rejects.toThrow(message);
    expect(vendor.received).toHaveLength(1);
  });

  it.each([
    ['500', { status: 500 }],
    ['408', { status: 408 }],
    ['a reset', 'reset' as const],
  ])('may be tried again after %s', async (_name, answer) => {
    vendor.misbehave(answer);

    await expect(publish()).rejects.toMatchObject({ type: 'vendor-unreachable', retryable: true });
  });

  it('ends with its signal when nobody answers', async () => {
    vendor.misbehave('hang');
    const gone = new AbortController();
    const ended = expect(publish(pushgateway(), gone.signal)).rejects.toMatchObject({
      type: 'vendor-unreachable',
    });

    gone.abort();

    await ended;
  });

  it('may be tried again when nobody listens', async () => {
    await vendor.stop();

    await expect(publish()).rejects.toMatchObject({
      type: 'vendor-unreachable',
      message: 'pushgateway could not be reached (ECONNREFUSED)',
    });
  });

  it('refuses what the wrong password brings', async () => {
    const failure = publish(pushgateway({ password: 'wrong-one' }));

    await expect(failure).rejects.toMatchObject({ type: 'vendor-rejected' });
    await expect(failure).rejects.toThrow(/^pushgateway answered 401: .*; renew its credentials$/);
  });
});

describe('forget', () => {
  it('takes the group away', async () => {
    await publish();

    await pushgateway().states.forget(aTarget(), AbortSignal.timeout(5_000));

    expect([...vendor.groups]).toEqual([]);
  });
});

describe('reach', () => {
  it('asks for the status', async () => {
    await pushgateway().reach(AbortSignal.timeout(5_000));

    expect(vendor.received).toMatchObject([{ method: 'GET', path: '/api/v1/status' }]);
  });

  it.each([
    ['a page', { status: 200, body: '<html>' }],
    ['another API', { status: 200, body: '{"ok":true}' }],
    ['null', { status: 200, body: 'null' }],
  ])('finds %s in its place', async (_name, answer) => {
    vendor.misbehave(answer);

    await expect(pushgateway().reach(AbortSignal.timeout(5_000))).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/something else stands at its address/),
    });
  });
});
