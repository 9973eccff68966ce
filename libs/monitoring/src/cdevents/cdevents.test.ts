import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCloudEvent } from '@fairlead/events';
import { startMockVendor } from '../../../testing/src/vendors/mock-vendor.ts';
import type { MockVendor } from '../../../testing/src/vendors/mock-vendor.ts';
import { aDelivery } from '../datadog/fixtures.ts';
import { createCDEvents } from './cdevents.ts';

const TOKEN = 'bus-t0ken';

let bus: MockVendor;

/** As a bus that holds what it gets against the published schemas. */
beforeEach(async () => {
  bus = await startMockVendor(({ method, headers, body }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401 };
    if (method !== 'POST') return { status: 405 };
    const reading = readCloudEvent(headers, body);
    return 'event' in reading ? { status: 202 } : { status: 400, body: JSON.stringify(reading) };
  });
});

afterEach(() => bus.stop());

type Parts = NonNullable<Parameters<typeof aDelivery>[0]>;

function send({ event, facts = {} }: Parts = {}, token = TOKEN) {
  const { events } = createCDEvents({ url: bus.url, token });
  if (events === undefined) throw new Error('it takes no events');
  const delivery = aDelivery({ event: { kind: 'deployment-completed', ...event }, facts });
  return events.send(delivery, AbortSignal.timeout(10_000));
}

function sent() {
  return bus.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

describe('an event bus', () => {
  it.each([
    ['deployment-completed', {}, 'service.upgraded'],
    ['deployment-completed', { source: 'command', tool: 'helm' }, 'service.deployed'],
    ['rollback-completed', {}, 'service.rolledback'],
  ] as const)('is told of %s with %j as %s', async (kind, facts, type) => {
    expect(await send({ event: { kind }, facts })).toEqual({ state: 'accepted' });

    expect(sent()).toMatchObject([
      {
        ...{ id: 'd-1/1/datadog', type: `dev.cdevents.${type}.0.3.0`, subject: 'shop' },
        data: {
          context: { id: 'd-1/1/datadog', timestamp: '2026-01-02T03:04:05.678Z' },
          subject: {
            content: {
              environment: { id: 'staging' },
              artifactId: 'pkg:oci/api?repository_url=registry.example.com%2Fshop%2Fapi&tag=2.4.1',
            },
          },
          customData: { deploymentId: 'd-1', actor: 'kim' },
        },
      },
    ]);
  });

  it('is told of what has no image known', async () => {
    await send({ facts: { components: [] } });

    expect(sent()).toMatchObject([
      { data: { subject: { content: { artifactId: 'pkg:generic/shop@d-1' } } } },
    ]);
  });

  it('is told nothing that came from one, and no test', async () => {
    expect(await send({ facts: { source: 'events', tool: 'CDEvents' } })).toMatchObject({
      state: 'suppressed',
    });
    expect(await send({ event: { mark: 'test' } })).toMatchObject({ state: 'suppressed' });

    expect(bus.received.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('that refuses is told of with its reason, and one that is away is tried again', async () => {
    await expect(send({}, 'other')).rejects.toMatchObject({ type: 'vendor-rejected' });
    bus.misbehave({ status: 503 });
    await expect(send()).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('is there if it answers, and shows whether the token is right', async () => {
    const { url } = bus;
    const signal = AbortSignal.timeout(10_000);

    await expect(createCDEvents({ url, token: TOKEN }).reach(signal)).resolves.toBeUndefined();
    await expect(createCDEvents({ url }).reach(signal)).rejects.toMatchObject({
      type: 'vendor-rejected',
    });
  });
});
