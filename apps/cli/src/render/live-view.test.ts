import { describe, expect, it } from '@jest/globals';
import { NOW_MS, aRecord } from '@fairlead/client/internal/testing/fixtures';
import { liveLines } from './live-view.ts';
import { createStyle } from './style.ts';

const options = { nowMs: NOW_MS, style: createStyle(false) };

describe('liveLines', () => {
  it('shows target, time, weight wanted and real, step, components and what happened last', () => {
    expect(liveLines(aRecord(), options)).toEqual([
      'staging/shop  20261125-043312-x7k2qp  canary  4m 05s',
      '  ━━──────────────────  10% (real 25%)  step 2/3 pause 5m 00s',
      '  api  shop/api:1 → shop/api:2  (canary)',
      '  10 % of api',
    ]);
  });

  it('has no bar for a rolling deployment', () => {
    const lines = liveLines(aRecord({ type: 'rolling', steps: [], step: 0 }), options);

    expect(lines.join('\n')).not.toMatch(/[━─]|step/);
  });

  it('asks the open question, in commands that can be typed', () => {
    const lines = liveLines(aRecord({ phase: 'awaiting-approval' }), options);

    expect(lines.at(-1)).toBe(
      '  ? waiting for `fairlead promote 20261125-043312-x7k2qp` or `fairlead abort 20261125-043312-x7k2qp`',
    );
  });

  it('shows what is tried again, as text that cannot drive the terminal', () => {
    const troubles = [{ activity: 'clusterApply', attempt: 7, message: 'away\u001b[2J' }];

    expect(liveLines(aRecord(), { ...options, troubles })).toContain(
      '  ! clusterApply is tried again (attempt 7): away',
    );
  });

  it('prefers the error to the last event', () => {
    const last = { id: 'x/step-begun', kind: 'step-begun', at: '2026-11-25T04:35:00Z' } as const;
    const events = [{ ...last, message: 'on' }];
    const error = { type: 'cluster-rejected', message: 'no\u001b[2J' };

    expect(liveLines(aRecord({ events }), options)).toContain('  on');
    expect(liveLines(aRecord({ events, error }), options)).toContain('  no');
  });

  it('counts deliveries by state, and the components that do not fit', () => {
    const receipt = { destination: 'd', key: 'k', attempts: 1, at: '2026-11-25T04:34:00Z' };
    const [component] = aRecord().components;
    const lines = liveLines(
      aRecord({
        components: Array.from({ length: 10 }, (_, index) => ({
          ...component!,
          name: `c${index}`,
        })),
        deliveries: [
          { ...receipt, state: 'delivered' },
          { ...receipt, state: 'delivered' },
          { ...receipt, state: 'dead' },
        ],
      }),
      options,
    );

    expect(lines).toContain('  deliveries 2 delivered, 1 dead');
    expect(lines).toContain('  and 2 more');
  });
});
