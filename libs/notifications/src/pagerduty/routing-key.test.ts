import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockPagerduty } from '@fairlead/testing/vendors';
import type { MockPagerduty } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { createPagerduty } from './pagerduty.ts';

let vendor: MockPagerduty;

beforeEach(async () => {
  vendor = await startMockPagerduty();
  vendor.setRoutingKey('K'.repeat(32));
});

afterEach(() => vendor.stop());

function serviceKeys() {
  return { apiKey: vendor.apiKey, serviceId: vendor.serviceId };
}

function pagerduty(keys = serviceKeys()) {
  return createPagerduty({ keys, apiUrl: vendor.url });
}

function send(destination = pagerduty()) {
  const event = { kind: 'deployment-failed', type: 'failure' } as const;
  const delivery = aDelivery({ destination: 'pagerduty', event });
  return destination.send(delivery, AbortSignal.timeout(30_000));
}

function paths() {
  return vendor.received.map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
}

describe('the routing key of a service', () => {
  it('is looked up once, by however many ask', async () => {
    const destination = pagerduty();

    await Promise.all([send(destination), send(destination)]);
    await send(destination);

    expect(paths().filter((path) => path.startsWith('GET'))).toEqual(['GET /services/PSERVICE']);
    expect(vendor.events).toHaveLength(3);
  });

  it('is looked up again when it was refused', async () => {
    const destination = pagerduty();
    await send(destination);
    vendor.setRoutingKey('N'.repeat(32));

    const answer = await send(destination);

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.events.at(-1)).toMatchObject({ routing_key: 'N'.repeat(32) });
  });

  it('is looked up again after a lookup that failed', async () => {
    const destination = pagerduty();
    vendor.misbehave({ status: 503 });
    const first = send(destination);
    await expect(first).rejects.toMatchObject({ type: 'vendor-unreachable' });

    await expect(send(destination)).resolves.toEqual({ state: 'accepted' });
  });

  it('is not looked up for what is refused although the key is good', async () => {
    const destination = pagerduty();
    await send(destination);
    vendor.misbehave({ status: 403 });

    const refused = send(destination);

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/403/),
    });
    expect(vendor.events).toHaveLength(1);
  });

  it('names the mend when the API key is refused', async () => {
    const refused = send(pagerduty({ ...serviceKeys(), apiKey: 'revoked' }));

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/service PSERVICE.*401.*renew its credentials/),
    });
  });

  it('names the mend when there is no such service', async () => {
    vendor.misbehave({ status: 404, body: '{"error":{"message":"Not Found"}}' });

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/service PSERVICE.*404.*compare service_id/),
    });
  });

  it.each(['{"service":{}}', 'garbage'])(
    'is asked for again when the answer is %s',
    async (body) => {
      vendor.misbehave({ status: 200, body });

      const broken = send();

      await expect(broken).rejects.toMatchObject({ type: 'vendor-unreachable' });
    },
  );
});
