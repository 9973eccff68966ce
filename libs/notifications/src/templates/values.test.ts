import { describe, expect, it } from '@jest/globals';
import { TEMPLATE_FIELDS } from '@fairlead/domain/text';
import type { TemplateField } from '@fairlead/domain/text';
import { aDelivery } from '../fixtures.ts';
import { valuesOf } from './values.ts';

const FIELDS = Object.keys(TEMPLATE_FIELDS) as TemplateField[];

function all(parts: Parameters<typeof aDelivery>[0] = {}, linkTo?: (id: string) => string) {
  const valueOf = valuesOf({ ...aDelivery(parts), linkTo });
  return Object.fromEntries(FIELDS.map((field) => [field, valueOf(field)]));
}

describe('the fields of a template', () => {
  it('are written so', () => {
    const parts = {
      event: { kind: 'rollback-completed', at: '2026-01-02T03:05:05.500Z' },
      facts: {
        outcome: 'rolled-back',
        step: 2,
        weight: 50,
        reason: 'a fix',
        ci: { provider: 'gitlab', url: 'https://ci/1', commit: 'abc' },
        error: { type: 'probe-failed', message: 'it is "sick"\n' },
      },
    } as const;

    expect(all(parts, (id) => `https://ui/${id}`)).toEqual({
      deploymentId: 'd-1',
      environment: 'staging',
      application: 'shop',
      namespace: 'shop-staging',
      cluster: 'default',
      type: 'canary',
      phase: 'deploying',
      outcome: 'rolled-back',
      step: '2',
      weight: '50',
      components: 'api registry.example.com/shop/api:2.4.1',
      actor: 'kim',
      reason: 'a fix',
      ciProvider: 'gitlab',
      ciUrl: 'https://ci/1',
      ciCommit: 'abc',
      startedAt: '2026-01-02T03:04:05.000Z',
      finishedAt: '2026-01-02T03:05:05.500Z',
      durationSeconds: '61',
      error: 'probe-failed: it is "sick"\n',
      kind: 'rollback-completed',
      at: '2026-01-02T03:05:05.500Z',
      message: 'canary of api begins',
      link: 'https://ui/d-1',
    });
  });

  it('are absent where the run does not have them, while it goes on', () => {
    const absent = Object.entries(all()).flatMap(([field, value]) =>
      value === undefined ? [field] : [],
    );

    expect(absent).toEqual([
      ...['outcome', 'reason', 'ciProvider', 'ciUrl', 'ciCommit', 'finishedAt', 'durationSeconds'],
      ...['error', 'link'],
    ]);
    expect(absent.filter((field) => TEMPLATE_FIELDS[field as TemplateField] === 'named')).toEqual(
      [],
    );
  });

  it('are the record’s own where it has its end', () => {
    const facts = { finishedAt: '2026-01-02T03:04:10.000Z', durationSeconds: 7 };

    expect(all({ facts })).toMatchObject({ finishedAt: facts.finishedAt, durationSeconds: '7' });
  });
});
