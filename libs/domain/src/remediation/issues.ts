import { endsByWell } from '@fairlead/contracts';
import type { Attempt, Issue, IssueReport, RemediationPolicy } from '@fairlead/contracts';
import { admitReport } from './admission.ts';
import { cooledAtMs, withAct } from './cooldown.ts';
import { findIssue, issueKey, timeOf, withIssue } from './issue-ledger.ts';
import type { IssueLedger } from './issue-ledger.ts';
import { countAttempt } from './issue-totals.ts';
import { madeOf, nextAction } from './ladder.ts';

/** More would not fit; the last ones tell most. */
const ATTEMPTS_KEPT = 10;

/** What was seen of it, and by what it is judged from now on. */
export interface Opening {
  readonly report: IssueReport;
  readonly workload: string;
  readonly pod?: string;
  readonly podUid?: string;
  readonly policy: RemediationPolicy;
}

/** The ledger with the report in it. One that comes again goes on counting, and keeps its cooldown. */
export function withReport(
  ledger: IssueLedger,
  { report, workload, pod, podUid, policy }: Opening,
  seenAtMs: number,
): IssueLedger {
  const key = issueKey(report.kind, workload);
  const known = findIssue(ledger, key);
  const now = timeOf(seenAtMs);
  const admission = admitReport(ledger, key, seenAtMs, report.since);
  if (!('admitted' in admission)) return ledger;
  if (admission.admitted === 'note') return withNote(ledger, key, seenAtMs);
  const before = admission.admitted === 'reopen' ? known : undefined;
  const opened: Issue = {
    key,
    kind: report.kind,
    namespace: report.namespace,
    cluster: report.cluster,
    workload,
    ...(pod === undefined ? {} : { pod }),
    ...(podUid === undefined ? {} : { podUid }),
    source: report.source,
    actor: report.actor,
    ...(report.reason === undefined ? {} : { reason: report.reason }),
    state: 'waiting',
    openedAt: now,
    reportedAt: now,
    attempts: before?.attempts ?? [],
    ...(before?.made === undefined ? {} : { made: before.made }),
    policy,
  };
  return withIssue(ledger, decided(opened, seenAtMs, ledger));
}

/** It is still there, or there again, after it was given up. */
export function withNote(ledger: IssueLedger, key: string, nowMs: number): IssueLedger {
  const known = findIssue(ledger, key);
  if (known === undefined) return ledger;
  return withIssue(ledger, { ...known, state: 'given-up', reportedAt: timeOf(nowMs) });
}

/** An attempt has ended: verified, counted, and what follows from it. */
export function withAttempt(
  ledger: IssueLedger,
  key: string,
  attempt: Attempt,
  nowMs: number,
): IssueLedger {
  const known = findIssue(ledger, key);
  if (known === undefined) return ledger;
  const counted = withAct(
    { ...ledger, totals: countAttempt(ledger.totals, known.kind, attempt) },
    known,
    attempt,
  );
  const { approvedBy: _spent, dueAt: _was, ...issue } = known;
  const ended = { ...withCounted(issue, attempt), reportedAt: timeOf(nowMs) };
  switch (attempt.result) {
    case 'helped':
    case 'healthy':
      return withIssue(counted, { ...ended, state: 'healed' });
    case 'held-back':
      return withGivenUp(
        withIssue(counted, { ...ended, heldBackAt: timeOf(nowMs) }),
        key,
        attempt.detail,
      );
    case 'overtaken':
      return withIssue(counted, { ...ended, state: 'left-to-deployment' });
    case 'not-helped':
    case 'refused':
      return withIssue(counted, decided({ ...ended, state: 'waiting' }, nowMs, counted));
  }
}

/** An attempt that was none, as nothing was wrong or many things were, does not count. */
function withCounted(issue: Issue, attempt: Attempt): Issue {
  if (attempt.result === 'healthy' || attempt.result === 'held-back') return issue;
  const made = madeOf(issue) + 1;
  return {
    ...issue,
    attempts: [...issue.attempts, attempt].slice(-ATTEMPTS_KEPT),
    ...(made > ATTEMPTS_KEPT ? { made } : {}),
  };
}

/** A person says yes to what was proposed: it is tried as soon as the target is free. */
export function withApproval(
  ledger: IssueLedger,
  key: string,
  actor: string,
  nowMs: number,
): IssueLedger {
  const known = findIssue(ledger, key);
  if (known?.state !== 'proposed') return ledger;
  return withIssue(ledger, {
    ...known,
    state: 'waiting',
    dueAt: timeOf(Math.max(nowMs, cooledAtMs(known, ledger))),
    approvedBy: actor,
  });
}

/** Its workload has been well for a while, by whatever: what was given up of it is over. */
export function withWell(
  ledger: IssueLedger,
  { namespace, workload }: Pick<Issue, 'namespace' | 'workload'>,
  nowMs: number,
): IssueLedger {
  return ledger.issues
    .filter((one) => one.namespace === namespace && one.workload === workload && endsByWell(one))
    .reduce((before, { key }) => withHealed(before, key, nowMs), ledger);
}

/** Nothing is wrong any more, whoever mended it. */
export function withHealed(ledger: IssueLedger, key: string, nowMs: number): IssueLedger {
  const known = findIssue(ledger, key);
  if (known === undefined) return ledger;
  const { dueAt: _never, approvedBy: _spent, ...issue } = known;
  return withIssue(ledger, { ...issue, state: 'healed', reportedAt: timeOf(nowMs) });
}

/** A person closes it: what comes of it again is a new issue, whose workload is left to cool down all the same. */
export function withoutIssue(ledger: IssueLedger, key: string): IssueLedger {
  return { ...ledger, issues: ledger.issues.filter((one) => one.key !== key) };
}

export function withActing(ledger: IssueLedger, key: string): IssueLedger {
  const known = findIssue(ledger, key);
  if (known === undefined) return ledger;
  const { dueAt: _begun, ...issue } = known;
  return { ...withIssue(ledger, { ...issue, state: 'acting' }), attempts: ledger.attempts + 1 };
}

/** Nothing is touched, and a person is told why. */
export function withGivenUp(ledger: IssueLedger, key: string, why: string): IssueLedger {
  const known = findIssue(ledger, key);
  if (known === undefined) return ledger;
  const { dueAt: _never, approvedBy: _spent, ...issue } = known;
  return withIssue(ledger, { ...issue, state: 'given-up', gaveUp: why });
}

/** The issue whose attempt is due, the longest waiting first; and of proposals those that nobody approved in time. */
export function nextDue(ledger: IssueLedger, nowMs: number): Issue | undefined {
  return inOrder(ledger).find(({ dueAt }) => Date.parse(dueAt) <= nowMs);
}

/** When the next one is due; undefined where none ever is. */
export function dueAtMs(ledger: IssueLedger): number | undefined {
  const [first] = inOrder(ledger);
  return first === undefined ? undefined : Date.parse(first.dueAt);
}

function inOrder({ issues }: IssueLedger): (Issue & { readonly dueAt: string })[] {
  return issues
    .filter((issue): issue is Issue & { readonly dueAt: string } => issue.dueAt !== undefined)
    .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
}

/** What follows for an issue that is open: its next attempt, a proposal, or that it is given up. */
function decided(issue: Issue, nowMs: number, ledger: Pick<IssueLedger, 'acted'>): Issue {
  const { policy } = issue;
  const action = nextAction(issue);
  if (action === undefined) {
    return { ...issue, state: 'given-up', gaveUp: `no action for ${issue.kind} is switched on` };
  }
  if (madeOf(issue) >= policy.maxAttempts) {
    const tried = `${madeOf(issue)} of ${policy.maxAttempts} attempts made`;
    return { ...issue, state: 'given-up', gaveUp: `${tried}, and it is not mended` };
  }
  if (!policy.autoRemediate && issue.source !== 'person') {
    return { ...issue, state: 'proposed', dueAt: timeOf(nowMs + policy.approvalTimeoutMs) };
  }
  const dueAtMs = Math.max(nowMs, cooledAtMs(issue, ledger));
  return { ...issue, state: 'waiting', dueAt: timeOf(dueAtMs) };
}

/** A deployment begins: its own verdict decides over what was open, and what was tried was of the version before. */
export function leftToDeployment(ledger: IssueLedger): IssueLedger {
  const issues = ledger.issues.map((issue): Issue => {
    const {
      dueAt: _never,
      approvedBy: _spent,
      gaveUp: _was,
      heldBackAt: _then,
      made: _all,
      ...rest
    } = issue;
    const state = issue.state === 'healed' ? 'healed' : 'left-to-deployment';
    return { ...rest, state, attempts: [] };
  });
  return { ...ledger, issues };
}
