import { describe, expect, it } from '@jest/globals';
import { attempted, KEY as API, policyOf, reported } from '../testing/issue-data.ts';
import { admitReport } from './admission.ts';
import { findIssue, issueKey, NO_ISSUES } from './issue-ledger.ts';
import type { IssueLedger } from './issue-ledger.ts';
import {
  dueAtMs,
  leftToDeployment,
  nextDue,
  withGivenUp,
  withoutIssue,
  withWell,
} from './issues.ts';

const START_MS = Date.parse('2026-01-02T03:04:05.000Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

describe('attempts', () => {
  it.each([10, 11, 25])('end at a `max_attempts` of %d', (maxAttempts) => {
    const policy = policyOf({ maxAttempts, cooldownMs: 0 });
    let ledger = reported(NO_ISSUES, START_MS, policy);
    let made = 0;
    while (nextDue(ledger, START_MS) !== undefined && made < 50) {
      made += 1;
      ledger = attempted(ledger, 'not-helped', START_MS);
    }

    expect(made).toBe(maxAttempts);
    expect(findIssue(ledger, API)).toMatchObject({
      state: 'given-up',
      gaveUp: `${maxAttempts} of ${maxAttempts} attempts made, and it is not mended`,
    });
    expect(findIssue(ledger, API)?.attempts).toHaveLength(10);
  });

  it('go on counting beyond those that are kept, also when it comes again', () => {
    const policy = policyOf({ maxAttempts: 12, cooldownMs: 0 });
    let ledger = reported(NO_ISSUES, START_MS, policy);
    for (let made = 0; made < 11; made += 1) ledger = attempted(ledger, 'not-helped', START_MS);
    ledger = attempted(ledger, 'helped', START_MS);

    expect(findIssue(reported(ledger, START_MS + 1, policy), API)).toMatchObject({
      state: 'given-up',
    });
  });
});

describe('an alert that fires without a break', () => {
  const FOUR_HOURS_MS = 4 * HOUR_MS;
  const since = timeOf(START_MS - MINUTE_MS);

  it('is the same issue however seldom it is repeated', () => {
    const givenUp = withGivenUp(
      reported(NO_ISSUES, START_MS, undefined, { since }),
      API,
      'nothing helps',
    );
    let ledger = givenUp;
    for (let nowMs = START_MS + FOUR_HOURS_MS; nowMs < START_MS + 24 * HOUR_MS;) {
      ledger = reported(ledger, nowMs, undefined, { since });
      nowMs += FOUR_HOURS_MS;
    }

    expect(findIssue(ledger, API)).toMatchObject({ state: 'given-up', openedAt: timeOf(START_MS) });
    expect(ledger.totals).toEqual(givenUp.totals);
  });

  it('goes on counting where an attempt had seemed to help', () => {
    const healed = attempted(
      reported(NO_ISSUES, START_MS, undefined, { since }),
      'helped',
      START_MS,
    );

    expect(admitReport(healed, API, START_MS + FOUR_HOURS_MS, since)).toEqual({
      admitted: 'reopen',
    });
  });

  it('is another issue once it was resolved in between', () => {
    const healed = attempted(
      reported(NO_ISSUES, START_MS, undefined, { since }),
      'helped',
      START_MS,
    );
    const anew = timeOf(START_MS + 2 * HOUR_MS);

    expect(admitReport(healed, API, START_MS + FOUR_HOURS_MS, anew)).toEqual({ admitted: 'open' });
  });
});

describe('a workload is left to cool down', () => {
  const COOLDOWN_MS = 2 * HOUR_MS;
  const policy = policyOf({ cooldownMs: COOLDOWN_MS });

  it('for longer than issues are remembered', () => {
    const healed = attempted(reported(NO_ISSUES, START_MS, policy), 'helped', START_MS);

    expect(dueAtMs(reported(healed, START_MS + 90 * MINUTE_MS, policy))).toBe(
      START_MS + COOLDOWN_MS,
    );
  });

  it('also by a person who dismissed what was tried', () => {
    const tried = attempted(reported(NO_ISSUES, START_MS, policy), 'not-helped', START_MS);

    const again = reported(withoutIssue(tried, API), START_MS + MINUTE_MS, policy);

    expect(findIssue(again, API)).toMatchObject({ attempts: [] });
    expect(dueAtMs(again)).toBe(START_MS + COOLDOWN_MS);
  });

  it.each(['helped', 'not-helped', 'overtaken'] as const)(
    'whatever else is wrong with it, after what %s',
    (result) => {
      const kind = 'deployment_unavailable';
      const before = reported(reported(NO_ISSUES, START_MS, policy), START_MS, policy, { kind });
      const after = attempted(before, result, START_MS);

      const waiting = findIssue(after, issueKey(kind, 'api'));
      const another = reported(after, START_MS, policy, { kind: 'pod_pending' });

      expect(waiting?.dueAt).toBe(timeOf(START_MS + COOLDOWN_MS));
      expect(findIssue(another, issueKey('pod_pending', 'api'))?.dueAt).toBe(
        timeOf(START_MS + COOLDOWN_MS),
      );
    },
  );

  it('and no other workload for it', () => {
    const tried = attempted(reported(NO_ISSUES, START_MS, policy), 'helped', START_MS);

    expect(dueAtMs(reported(tried, START_MS, policy, { workload: 'web' }))).toBe(START_MS);
  });

  it('not for what was refused, as nothing was done', () => {
    const refused = attempted(reported(NO_ISSUES, START_MS, policy), 'refused', START_MS);

    const other = reported(refused, START_MS, policy, { kind: 'pod_pending' });

    expect(nextDue(other, START_MS)?.kind).toBe('pod_pending');
  });
});

describe('what is seen all the time', () => {
  it.each([15, 20, 60])('is one issue, with a `reset_after` of %d minutes', (minutes) => {
    const policy = policyOf({ resetAfterMs: minutes * MINUTE_MS });
    let ledger = withGivenUp(reported(NO_ISSUES, START_MS, policy), API, 'nothing helps');
    // As the watcher tells it.
    for (let nowMs = START_MS; nowMs < START_MS + 24 * HOUR_MS; nowMs += 5 * MINUTE_MS) {
      ledger = reported(ledger, nowMs, policy);
    }

    expect(findIssue(ledger, API)).toMatchObject({ state: 'given-up', openedAt: timeOf(START_MS) });
  });
});

describe('what was held back, as many things failed at once', () => {
  const held = attempted(reported(NO_ISSUES, START_MS), 'held-back', START_MS);

  it('is given up for an hour, and then tried again if it is still there', () => {
    expect(admitReport(held, API, START_MS + 59 * MINUTE_MS)).toEqual({ admitted: 'note' });
    const noted = reported(held, START_MS + 30 * MINUTE_MS);
    const again = reported(noted, START_MS + 60 * MINUTE_MS);

    expect(findIssue(again, API)).toMatchObject({ state: 'waiting', attempts: [] });
    expect(findIssue(again, API)).not.toHaveProperty('heldBackAt');
  });
});

describe('a deployment', () => {
  it('has what was given up begin anew, if it is there still', () => {
    const policy = policyOf({ maxAttempts: 1 });
    const tried = attempted(reported(NO_ISSUES, START_MS, policy), 'not-helped', START_MS);
    expect(findIssue(tried, API)).toMatchObject({ state: 'given-up' });

    const left = leftToDeployment(tried);
    const again = reported(left, START_MS + 10 * MINUTE_MS, policy);

    expect(findIssue(left, API)).toMatchObject({ state: 'left-to-deployment' });
    expect(findIssue(again, API)).toMatchObject({ state: 'waiting', attempts: [] });
  });

  it('has what was given up, and was well since, begin anew', () => {
    const givenUp = withGivenUp(reported(NO_ISSUES, START_MS), API, 'nothing helps');
    const well = withWell(givenUp, { namespace: 'shop', workload: 'api' }, START_MS + MINUTE_MS);

    const left = leftToDeployment(well);

    expect(findIssue(left, API)).toMatchObject({ state: 'healed' });
    expect(admitReport(left, API, START_MS + 10 * MINUTE_MS)).toEqual({ admitted: 'reopen' });
  });

  it('has none of what was tried on the version before count for its own', () => {
    const policy = policyOf({ cooldownMs: 0 });
    let tried = reported(NO_ISSUES, START_MS, policy);
    tried = attempted(attempted(tried, 'not-helped', START_MS), 'not-helped', START_MS);

    const again = reported(leftToDeployment(tried), START_MS + 10 * MINUTE_MS, policy);

    expect(nextDue(again, START_MS + 10 * MINUTE_MS)).toMatchObject({ attempts: [] });
  });
});

describe('of fifty issues', () => {
  function many(count: number): IssueLedger {
    let ledger = NO_ISSUES;
    for (let index = 0; index < count; index += 1) {
      ledger = reported(ledger, START_MS + index, undefined, { workload: `w${index}` });
    }
    return ledger;
  }
  const keyOf = (index: number) => issueKey('pod_crash', `w${index}`);

  it('none that is open is forgotten: one more is refused', () => {
    const full = many(50);

    expect(admitReport(full, API, START_MS)).toEqual({ full: 50 });
    expect(reported(full, START_MS)).toBe(full);
  });

  it('one that healed is forgotten for another, then what was left, then what was given up', () => {
    let ledger = attempted(many(50), 'helped', START_MS, keyOf(30));
    ledger = attempted(ledger, 'overtaken', START_MS, keyOf(20));
    ledger = withGivenUp(ledger, keyOf(10), 'nothing helps');

    const gone = ['x', 'y', 'z'].map((workload) => {
      const before = ledger.issues.map(({ key }) => key);
      ledger = reported(ledger, START_MS + 100, undefined, { workload });
      return before.filter((key) => findIssue(ledger, key) === undefined);
    });

    expect(gone).toEqual([[keyOf(30)], [keyOf(20)], [keyOf(10)]]);
    expect(ledger.issues).toHaveLength(50);
  });
});
