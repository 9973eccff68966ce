import { describe, expect, it } from '@jest/globals';
import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import { summarise } from './summarise.ts';

function delivery(number: number, kind: NotifiedKind, environment = 'production'): Delivery {
  const deploymentId = `d-${number}`;
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString();
  return {
    key: `${deploymentId}/${kind}/slack`,
    destination: 'slack',
    event: { id: `${deploymentId}/${kind}`, kind, at, message: kind },
    facts: {
      ...{ deploymentId, environment, application: 'shop', namespace: 'shop', cluster: 'default' },
      ...{ type: 'canary', kind: 'deploy', phase: 'canary', step: 1, weight: 10, components: [] },
      ...{ actor: 'kim', startedAt: at, warnings: [], drift: [] },
    },
  };
}

describe('summarise', () => {
  it('"one message for a window, counts by kind and environment", the most severe first, and leads with it', () => {
    const message = summarise('digest/1', [
      delivery(1, 'deployment-started'),
      delivery(2, 'deployment-started'),
      delivery(3, 'deployment-failed', 'staging'),
    ]);

    expect(message).toMatchObject({
      key: 'digest/1',
      destination: 'slack',
      event: { kind: 'deployment-failed' },
      digest: {
        count: 3,
        counts: [
          { environment: 'staging', kind: 'deployment-failed', count: 1 },
          { environment: 'production', kind: 'deployment-started', count: 2 },
        ],
      },
    });
  });

  it('keeps apart what is always critical: a rollback that failed', () => {
    const failed = delivery(1, 'deployment-failed');
    const marked = { ...failed, event: { ...failed.event, mark: 'rollback-failed' as const } };

    const { digest } = summarise('digest/1', [failed, marked, failed]);

    const of = { environment: 'production', kind: 'deployment-failed' };
    expect(digest?.counts).toEqual([
      { ...of, count: 2 },
      { ...of, mark: 'rollback-failed', count: 1 },
    ]);
  });

  it('"the first ten": the most severe first and then the oldest', () => {
    const started = Array.from({ length: 12 }, (_, index) =>
      delivery(20 - index, 'deployment-started'),
    );

    const { digest } = summarise('digest/1', [...started, delivery(30, 'deployment-failed')]);

    expect(digest?.first.map(({ deploymentId }) => deploymentId)).toEqual([
      'd-30',
      ...[9, 10, 11, 12, 13, 14, 15, 16, 17].map((number) => `d-${number}`),
    ]);
  });

  it('puts digests together as if it had all that is in them', () => {
    const all = [1, 2, 3, 4].map((number) => delivery(number, 'deployment-failed'));
    const parts = [summarise('a', all.slice(0, 2)), summarise('b', all.slice(2))];

    expect(summarise('digest/1', parts).digest).toEqual(summarise('digest/1', all).digest);
  });
});
