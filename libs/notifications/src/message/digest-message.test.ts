import { expect, it } from '@jest/globals';
import type { DigestContent } from '@fairlead/contracts';
import { aDelivery } from '../fixtures.ts';
import { createMessage } from './message.ts';

const DIGEST: DigestContent = {
  count: 43,
  counts: [
    { environment: 'production', kind: 'deployment-failed', count: 12 },
    { environment: 'staging', kind: 'canary-started', count: 31 },
  ],
  first: [
    {
      environment: 'production',
      application: 'shop',
      deploymentId: 'd-7',
      kind: 'deployment-failed',
      at: '2026-01-01T00:00:00.000Z',
    },
  ],
};

it('"counts by kind and environment, the first ten with links, and how to list the rest"', () => {
  const delivery = { ...aDelivery({ destination: 'slack' }), digest: DIGEST, insteadOf: 'teams' };

  const message = createMessage(delivery, (id) => `https://temporal.example.com/${id}`);

  expect(message.title).toBe('[production, staging] 43 messages in one: 12 × Deployment Failed');
  expect(message.summary).toBe('They were meant for teams, which cannot be told.');
  expect(message.facts).toEqual([
    { label: 'In place of', value: 'teams, which cannot be told' },
    { label: 'production', value: '12 × Deployment Failed' },
    { label: 'staging', value: '31 × Canary Started' },
    {
      label: '1 of 43',
      value: '[production] Deployment Failed: shop, d-7 https://temporal.example.com/d-7',
    },
  ]);
  expect(message.action).toMatch(/fairlead deliveries/);
});

it('says why many are one where they are not in place of another', () => {
  const { summary, facts } = createMessage({ ...aDelivery(), digest: DIGEST });

  expect(summary).toMatch(/^More came at once than this channel takes, or they were held/);
  expect(facts.map(({ label }) => label)).not.toContain('In place of');
});
