import { describe, expect, it } from '@jest/globals';
import { emptyLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { issueViews, NO_ISSUES } from './remediation/issue-ledger.ts';
import { withReport } from './remediation/issues.ts';
import { policyOf, reportOf } from './testing/issue-data.ts';
import {
  isLate,
  owingAll,
  targetStateOf,
  withLate,
  withOwed,
  withoutSystem,
  withProgress,
  withPublished,
  withSystems,
} from './publication.ts';

const CANARY = { healthy: true, weight: 0.1 };

const running: Ledger = {
  ...emptyLedger('staging', 'shop'),
  running: {
    ...{ deploymentId: 'd-1', actor: 'ann', startedAt: '2026-01-01T00:00:00Z', type: 'canary' },
    expectedDurationMs: 90_000,
  },
};

describe('what a deployment tells of itself', () => {
  it('stands beside the running one, until it says that no canary runs', () => {
    const told = withProgress(running, { deploymentId: 'd-1', systems: [], canary: CANARY });
    const after = withProgress(told, { deploymentId: 'd-1', systems: [] });

    expect(told.running?.canary).toEqual(CANARY);
    expect(after.running).not.toHaveProperty('canary');
  });

  it('changes nothing when it is another one', () => {
    expect(withProgress(running, { deploymentId: 'd-0', systems: ['a'] })).toBe(running);
  });

  it('says which systems there are: what is owed to others is dropped', () => {
    const before = {
      ...running,
      publication: { systems: ['a', 'b'], owed: ['a', 'b'], late: ['a', 'b'] },
    };

    const { publication } = withProgress(before, { deploymentId: 'd-1', systems: ['b', 'c'] });

    expect(publication).toEqual({ systems: ['b', 'c'], owed: ['b'], late: ['b'] });
  });
});

describe('what is owed', () => {
  const ledger = { ...running, publication: { systems: ['a', 'b'], owed: ['b'] } };

  it('is nothing where nobody is to be given the state', () => {
    for (const change of [owingAll, (one: Ledger) => withOwed(one, 'a')]) {
      expect(change(running)).toBe(running);
    }
  });

  it.each([
    ['all', owingAll(ledger), { systems: ['a', 'b'], owed: ['a', 'b'] }],
    ['less by one', withPublished(ledger, 'b'), { systems: ['a', 'b'], owed: [] }],
    [
      'one more, once',
      withOwed(withOwed(ledger, 'a'), 'a'),
      { systems: ['a', 'b'], owed: ['b', 'a'] },
    ],
    [
      'no longer to one that is gone',
      withoutSystem(withLate(ledger, 'b', true), 'b'),
      { systems: ['a'], owed: [], late: [] },
    ],
  ])('is %s', (_, after, expected) => {
    expect(after.publication).toEqual(expected);
  });
});

it('is late until nothing of an earlier attempt can come any more', () => {
  const ledger = { ...running, publication: { systems: ['a', 'b'], owed: [] } };

  const late = withLate(withLate(ledger, 'a', true), 'a', true);

  expect([isLate(ledger, 'a'), isLate(late, 'a'), isLate(late, 'b')]).toEqual([false, true, false]);
  expect(late.publication?.late).toEqual(['a']);
  expect(isLate(withPublished(late, 'a'), 'a')).toBe(true);
  expect(isLate(withLate(late, 'a', false), 'a')).toBe(false);
});

describe('the state', () => {
  it('has the totals, and what runs in seconds and shares', () => {
    const told = withProgress(running, { deploymentId: 'd-1', systems: [], canary: CANARY });

    expect(targetStateOf(told)).toEqual({
      ...{ environment: 'staging', application: 'shop', totals: running.totals },
      running: {
        ...{ type: 'canary', startedAt: '2026-01-01T00:00:00Z', expectedSeconds: 90 },
        canary: CANARY,
      },
    });
  });

  it('has nothing that runs when nothing does', () => {
    expect(targetStateOf(emptyLedger('staging', 'shop'))).not.toHaveProperty('running');
  });

  it('has what became of issues, open ones by their kind', () => {
    const opening = { report: reportOf(), workload: 'api', policy: policyOf() };
    const views = issueViews(withReport(NO_ISSUES, opening, 0)).flatMap((issue) => [
      issue,
      { ...issue, key: 'pod_crash/web', state: 'healed' as const },
    ]);
    const issueTotals = { attempts: {}, ended: { pod_crash: { healed: 1 } } };

    const state = targetStateOf({ ...emptyLedger('staging', 'shop'), issues: views, issueTotals });

    expect(state.issues).toEqual({ open: { pod_crash: 1 }, totals: issueTotals });
  });
});

it('systems are added where somebody knows of some', () => {
  expect(withSystems(running, ['a']).publication).toEqual({ systems: ['a'], owed: [], late: [] });
  expect(withSystems(running, [])).toBe(running);
});
