import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockPagerduty } from '@fairlead/testing/vendors';
import type { MockPagerduty } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { createPagerduty } from './pagerduty.ts';

const LINK = 'https://temporal.example.com/deployments/d-1';

let vendor: MockPagerduty;

beforeEach(async () => {
  vendor = await startMockPagerduty();
  vendor.setRoutingKey(undefined);
});

afterEach(() => vendor.stop());

function pagerduty(from: { readonly fromEmail?: string } = { fromEmail: vendor.fromEmail }) {
  const { apiKey, serviceId, url } = vendor;
  const keys = { apiKey, serviceId, ...from };
  return createPagerduty({ keys, apiUrl: url, linkTo: () => LINK });
}

type Parts = Parameters<typeof aDelivery>[0];

const FAILED: Parts = { event: { kind: 'deployment-failed', type: 'failure' } };
const COMPLETED: Parts = { event: { kind: 'deployment-completed', type: 'status' } };

function send(destination = pagerduty(), parts: Parts = FAILED) {
  const delivery = aDelivery({ destination: 'pagerduty', ...parts });
  return destination.send(delivery, AbortSignal.timeout(30_000));
}

describe('PagerDuty without an Events API v2 integration', () => {
  it('"A failure opens it", by the same key', async () => {
    const answer = await send();

    expect(answer).toEqual({ state: 'accepted', detail: 'by the REST API' });
    expect(vendor.incidents).toMatchObject([
      { status: 'triggered', urgency: 'high', incident_key: 'fairlead/staging/shop' },
    ]);
    const text = JSON.stringify(vendor.incidents);
    for (const fact of ['[staging] Deployment Failed: shop, d-1', 'd-1/1/pagerduty', LINK]) {
      expect(text).toContain(fact);
    }
  });

  it('"a later one updates it": as a note on the incident that is open', async () => {
    await send();

    const answer = await send(pagerduty(), { ...FAILED, facts: { deploymentId: 'd-2' } });

    expect(answer).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/note on the open incident/),
    });
    expect(vendor.incidents).toMatchObject([{ notes: [/d-2/] }]);
  });

  it('"the next success of the target resolves it, naming the deployments"', async () => {
    await send();

    const answer = await send(pagerduty(), { ...COMPLETED, facts: { deploymentId: 'd-3' } });

    expect(answer.state).toBe('accepted');
    expect(vendor.incidents).toMatchObject([
      { status: 'resolved', resolution: expect.stringMatching(/d-3/) },
    ]);
  });

  it('resolves nothing when nothing is open', async () => {
    const answer = await send(pagerduty(), COMPLETED);

    expect(answer).toEqual({ state: 'suppressed', detail: 'no incident is open' });
  });

  it('opens another incident when the last one was resolved', async () => {
    for (const parts of [FAILED, COMPLETED, FAILED]) await send(pagerduty(), parts);

    const states = vendor.incidents.map(({ status }) => status);
    expect(states).toEqual(['resolved', 'triggered']);
  });

  it('goes over to events once there is an integration', async () => {
    const destination = pagerduty();
    await send(destination);
    vendor.setRoutingKey('N'.repeat(32));

    const answer = await send(destination);

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.events).toHaveLength(1);
  });

  it('goes back to incidents when the integration is gone', async () => {
    vendor.setRoutingKey('N'.repeat(32));
    const destination = pagerduty();
    await send(destination);
    vendor.setRoutingKey(undefined);

    const answer = await send(destination);

    expect(answer.detail).toBe('by the REST API');
    expect(vendor.incidents).toHaveLength(1);
  });

  it('says what is missing without from_email', async () => {
    const refused = send(pagerduty({}));

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(
        /service PSERVICE has no Events API v2 integration.*from_email/,
      ),
    });
  });

  it('is final, and names no address, when from_email cannot be a header', async () => {
    const refused = send(pagerduty({ fromEmail: 'kim😀@example.com' }));

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/malformed/),
    });
  });

  it('"Too long": cuts the text, not the link and the key', async () => {
    const reason = '😀'.repeat(50_000);
    const facts = { reason, actor: reason, application: reason, environment: reason };
    const components = [{ name: reason, image: reason, phase: 'deploying' as const }];
    const ci = { provider: 'other', url: reason } as const;

    await send(pagerduty(), { ...FAILED, facts: { ...facts, components, ci } });

    const [incident] = vendor.incidents;
    expect(incident?.body?.details.split('… (cut)')[1]).toBe(
      `\nLink: ${LINK}\nKey: d-1/1/pagerduty`,
    );
  });

  it('"Refuses *our form* (400): one try as plain text"', async () => {
    const destination = pagerduty();
    const services = JSON.stringify({ service: { integrations: [] } });
    vendor.misbehave({ status: 200, body: services }, { status: 400, body: '{"error":"urgency"}' });

    const answer = await send(destination);

    expect(answer).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/plain text.*urgency/),
    });
    expect(vendor.incidents).toHaveLength(1);
    expect(vendor.incidents[0]).not.toHaveProperty('body');
  });

  it.each([
    [{ status: 402 }, { type: 'vendor-rejected', message: expect.stringMatching(/402/) }],
    [{ status: 500 }, { type: 'vendor-unreachable' }],
    [
      { status: 429, headers: { 'ratelimit-reset': '11' } },
      { type: 'vendor-throttled', retryAfterMs: 11_000 },
    ],
  ])('follows the policy at %j', async (reply, error) => {
    const services = JSON.stringify({ service: { integrations: [] } });
    vendor.misbehave({ status: 200, body: services }, reply);

    await expect(send()).rejects.toMatchObject(error);
    expect(vendor.received).toHaveLength(2);
  });
});
