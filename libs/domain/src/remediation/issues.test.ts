import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Attempt, AttemptResult, Issue, RemediationPolicy } from '@fairlead/contracts';
import { nextAction } from './ladder.ts';
import { attempted, KEY, policyOf, reported } from '../testing/issue-data.ts';
import { admitReport } from './admission.ts';
import { findIssue, NO_ISSUES } from './issue-ledger.ts';
import type { IssueLedger } from './issue-ledger.ts';
import {
  dueAtMs,
  leftToDeployment,
  nextDue,
  withApproval,
  withGivenUp,
  withoutIssue,
  withWell,
} from './issues.ts';

const START_MS = Date.parse('2026-01-02T03:04:05.000Z');
const MINUTE_MS = 60_000;

function issueIn(ledger: IssueLedger): Issue {
  const found = findIssue(ledger, KEY);
  if (found === undefined) throw new Error('there is no issue');
  return found;
}

describe('a report', () => {
  it('opens an issue whose first attempt is due at once', () => {
    const ledger = reported(NO_ISSUES, START_MS);

    expect(issueIn(ledger)).toMatchObject({ key: KEY, state: 'waiting', attempts: [] });
    expect(nextDue(ledger, START_MS)?.key).toBe(KEY);
    expect(nextAction(issueIn(ledger))).toBe('restart_pod');
  });

  it('that is repeated changes nothing, whoever makes it', () => {
    const ledger = reported(NO_ISSUES, START_MS);

    expect(admitReport(ledger, KEY, START_MS + 1)).toMatchObject({ known: { key: KEY } });
    expect(reported(ledger, START_MS + 1, policyOf(), { source: 'alertmanager' })).toBe(ledger);
  });

  it('of another kind or workload is another issue', () => {
    const one = reported(NO_ISSUES, START_MS);
    const two = reported(one, START_MS, policyOf(), { workload: 'web' });
    const three = reported(two, START_MS, policyOf(), { kind: 'pod_pending' });

    expect(three.issues.map(({ key }) => key)).toEqual([KEY, 'pod_crash/web', 'pod_pending/api']);
  });

  it('is given up at once where no action for it is switched on', () => {
    const { ladders, ...policy } = policyOf();
    const ledger = reported(NO_ISSUES, START_MS, {
      ...policy,
      ladders: { ...ladders, pod_crash: [] },
    });

    expect(issueIn(ledger)).toMatchObject({
      state: 'given-up',
      gaveUp: 'no action for pod_crash is switched on',
    });
    expect(dueAtMs(ledger)).toBeUndefined();
  });
});

describe('the ladder', () => {
  it('takes each action in turn, a cooldown apart, and gives up after the last attempt', () => {
    let ledger = reported(NO_ISSUES, START_MS);
    let nowMs = START_MS;
    const actions: string[] = [];
    while (dueAtMs(ledger) !== undefined) {
      nowMs = dueAtMs(ledger) ?? 0;
      actions.push(nextAction(issueIn(ledger)) ?? '');
      ledger = attempted(ledger, 'not-helped', nowMs);
    }

    expect(actions).toEqual(['restart_pod', 'restart_deployment', 'scale_deployment']);
    expect(nowMs).toBe(START_MS + 2 * 300_000);
    expect(issueIn(ledger)).toMatchObject({
      state: 'given-up',
      gaveUp: '3 of 3 attempts made, and it is not mended',
    });
  });

  it('repeats its last action where it is shorter than the attempts', () => {
    const first = reported(NO_ISSUES, START_MS, policyOf(), { kind: 'resource_constraint' });
    const [issue] = first.issues;
    const tried = { ...issue!, attempts: [{} as Attempt, {} as Attempt] };

    expect(nextAction(tried)).toBe('scale_deployment');
  });

  it('ends with the attempt that helped, and one that comes again goes on where it was', () => {
    const healed = attempted(reported(NO_ISSUES, START_MS), 'helped', START_MS);
    expect(issueIn(healed).state).toBe('healed');
    expect(dueAtMs(healed)).toBeUndefined();

    const again = reported(healed, START_MS + MINUTE_MS);

    expect(issueIn(again)).toMatchObject({ state: 'waiting', attempts: [{ result: 'helped' }] });
    expect(dueAtMs(again)).toBe(START_MS + 300_000);
    expect(nextAction(issueIn(again))).toBe('restart_deployment');
  });

  it('begins anew when it was well for as long as `reset_after`', () => {
    const healed = attempted(reported(NO_ISSUES, START_MS), 'helped', START_MS);

    const again = reported(healed, START_MS + 3_600_000);

    expect(issueIn(again)).toMatchObject({ state: 'waiting', attempts: [] });
  });

  it('does not count what was healthy by itself', () => {
    const ledger = attempted(reported(NO_ISSUES, START_MS), 'healthy', START_MS);

    expect(issueIn(ledger)).toMatchObject({ state: 'healed', attempts: [] });
  });
});

describe('an issue that was given up', () => {
  it('stays so while it is reported, taken down every 15 minutes, and is new an hour after the last', () => {
    let ledger = withGivenUp(reported(NO_ISSUES, START_MS), KEY, 'nothing helps');

    expect(admitReport(ledger, KEY, START_MS + 14 * MINUTE_MS)).toHaveProperty('known');
    expect(admitReport(ledger, KEY, START_MS + 15 * MINUTE_MS)).toEqual({ admitted: 'note' });
    ledger = reported(ledger, START_MS + 50 * MINUTE_MS);
    expect(issueIn(ledger).state).toBe('given-up');
    expect(admitReport(ledger, KEY, START_MS + 109 * MINUTE_MS)).toEqual({ admitted: 'note' });
    expect(admitReport(ledger, KEY, START_MS + 110 * MINUTE_MS)).toEqual({ admitted: 'open' });
  });

  it('is closed by a person', () => {
    const ledger = withoutIssue(reported(NO_ISSUES, START_MS), KEY);

    expect(ledger.issues).toEqual([]);
  });
});

describe('`auto_remediate: false`', () => {
  const policy = policyOf({ autoRemediate: false });

  it('proposes, acts when a person approves, and proposes again after an attempt that did not help', () => {
    const proposed = reported(NO_ISSUES, START_MS, policy);
    expect(issueIn(proposed).state).toBe('proposed');
    expect(dueAtMs(proposed)).toBe(START_MS + policy.approvalTimeoutMs);

    const approved = withApproval(proposed, KEY, 'ann', START_MS + MINUTE_MS);
    expect(issueIn(approved)).toMatchObject({ state: 'waiting', approvedBy: 'ann' });
    expect(dueAtMs(approved)).toBe(START_MS + MINUTE_MS);

    const tried = attempted(approved, 'not-helped', START_MS + MINUTE_MS);
    expect(issueIn(tried)).toMatchObject({ state: 'proposed' });
    expect(issueIn(tried)).not.toHaveProperty('approvedBy');
  });

  it('acts at once for a person who asks for it', () => {
    const ledger = reported(NO_ISSUES, START_MS, policy, { source: 'person' });

    expect(issueIn(ledger).state).toBe('waiting');
  });
});

describe('a deployment', () => {
  it('takes over what waits, and what it overtook', () => {
    const waiting = leftToDeployment(reported(NO_ISSUES, START_MS));
    expect(issueIn(waiting).state).toBe('left-to-deployment');
    expect(dueAtMs(waiting)).toBeUndefined();

    const overtaken = attempted(reported(NO_ISSUES, START_MS), 'overtaken', START_MS);
    expect(issueIn(overtaken)).toMatchObject({
      state: 'left-to-deployment',
      attempts: [{ result: 'overtaken' }],
    });
  });
});

describe('whatever is reported and whatever comes of it, for a day', () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 40 * MINUTE_MS }),
    result: fc.constantFrom<AttemptResult>('helped', 'not-helped', 'refused', 'overtaken'),
  });

  it('no attempt is earlier than the cooldown, and none is one too many before `reset_after`', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 100 }),
        fc.integer({ min: 1, max: 4 }),
        (steps, maxAttempts) => {
          const policy = policyOf({ maxAttempts });
          const attempts = run(steps, policy);
          for (const [index, atMs] of attempts.entries()) {
            const before = attempts[index - 1];
            if (before !== undefined) expect(atMs - before).toBeGreaterThanOrEqual(300_000);
            const tooMany = attempts[index - maxAttempts];
            if (tooMany !== undefined) {
              expect(atMs - tooMany).toBeGreaterThanOrEqual(policy.resetAfterMs);
            }
          }
        },
      ),
    );
  });

  /** When the attempts were made. */
  function run(
    steps: readonly { readonly afterMs: number; readonly result: AttemptResult }[],
    policy: RemediationPolicy,
  ): number[] {
    let ledger: IssueLedger = NO_ISSUES;
    let nowMs = START_MS;
    const made: number[] = [];
    for (const { afterMs, result } of steps) {
      nowMs += afterMs;
      ledger = reported(ledger, nowMs, policy);
      if (nextDue(ledger, nowMs) === undefined) continue;
      made.push(nowMs);
      ledger = attempted(ledger, result, nowMs);
    }
    return made;
  }
});

describe('a workload that is well again', () => {
  const givenUp = withGivenUp(reported(NO_ISSUES, START_MS), KEY, 'nothing helped');

  it('closes what was given up of it', () => {
    const well = withWell(givenUp, { namespace: 'shop', workload: 'api' }, START_MS + MINUTE_MS);

    expect(issueIn(well)).toMatchObject({ state: 'healed' });
    expect(well.totals).toEqual(givenUp.totals);
  });

  it('is given up still when it is sick again soon: nothing is tried, counted or told anew', () => {
    const well = withWell(givenUp, { namespace: 'shop', workload: 'api' }, START_MS + MINUTE_MS);

    const again = reported(well, START_MS + 2 * MINUTE_MS);

    expect(admitReport(well, KEY, START_MS + 2 * MINUTE_MS)).toEqual({ admitted: 'note' });
    expect(issueIn(again)).toMatchObject({ state: 'given-up', gaveUp: 'nothing helped' });
    expect(again.totals).toEqual(givenUp.totals);
  });

  it('begins anew when it is sick again after `reset_after`', () => {
    const well = withWell(givenUp, { namespace: 'shop', workload: 'api' }, START_MS + MINUTE_MS);

    expect(issueIn(reported(well, START_MS + 120 * MINUTE_MS))).toMatchObject({ state: 'waiting' });
  });

  const kind = 'resource_constraint' as const;
  const constraint = reported(NO_ISSUES, START_MS, undefined, { kind, source: 'alertmanager' });

  it.each([
    ['another one', givenUp, 'web'],
    ['one that is looked after', reported(NO_ISSUES, START_MS), 'api'],
    ['what only an alert can see', withGivenUp(constraint, `${kind}/api`, 'nothing helped'), 'api'],
  ])('leaves %s', (_name, ledger, workload) => {
    expect(withWell(ledger, { namespace: 'shop', workload }, START_MS)).toEqual(ledger);
  });
});

describe('the totals', () => {
  it('count each attempt by its result, and each end once', () => {
    let ledger = reported(NO_ISSUES, START_MS, policyOf({ cooldownMs: 0, maxAttempts: 2 }));
    ledger = attempted(ledger, 'not-helped', START_MS);
    ledger = attempted(ledger, 'not-helped', START_MS + MINUTE_MS);
    // Given up; that it is still there is no second end.
    ledger = reported(ledger, START_MS + 60 * MINUTE_MS);

    const { attempts, ended } = ledger.totals ?? { attempts: {}, ended: {} };
    const counts = Object.values(attempts.pod_crash ?? {}).map((of) => of['not-helped'] ?? 0);
    expect(counts.reduce((one, other) => one + other, 0)).toBe(2);
    expect(ended).toEqual({ pod_crash: { 'given-up': 1 } });
  });

  it('count an issue that healed and came again as two', () => {
    const once = attempted(reported(NO_ISSUES, START_MS), 'helped', START_MS);
    const again = reported(once, START_MS + MINUTE_MS);

    expect(attempted(again, 'helped', START_MS + 10 * MINUTE_MS).totals?.ended).toEqual({
      pod_crash: { healed: 2 },
    });
  });
});
