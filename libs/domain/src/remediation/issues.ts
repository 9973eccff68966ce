import type {
  Attempt,
  Issue,
  IssueReport,
  IssueTotals,
  IssueView,
  RemediationPolicy,
} from '@fairlead/contracts';
import { countAttempt, countEnd } from './issue-totals.ts';

/** All that a target remembers of issues; carried over continue-as-new, so bounded. */
export interface IssueLedger {
  readonly issues: readonly Issue[];
  /** Attempts that this target ever made. */
  readonly attempts: number;
  /** Absent where none was looked after. */
  readonly totals?: IssueTotals;
}

export const NO_ISSUES: IssueLedger = { issues: [], attempts: 0 };

/** Workloads times kinds; beyond it those that healed longest ago are forgotten. */
const ISSUES_KEPT = 50;
/** A report of an issue that was given up is taken down this seldom: it only says that it is still there. */
const NOTED_EVERY_MS = 15 * 60_000;
/** More would not fit; the last ones tell most. */
const ATTEMPTS_KEPT = 10;

export function issueKey(kind: Issue['kind'], workload: string): string {
  return `${kind}/${workload}`;
}

export type IssueAdmission =
  | { readonly admitted: 'open' | 'reopen' | 'note' }
  /** It is known and somebody is at it: a repeat changes nothing. */
  | { readonly known: Issue };

/** What a report of one workload and kind does; one from before the last attempt ended is old. Pure. */
export function admitReport(ledger: IssueLedger, key: string, seenAtMs: number): IssueAdmission {
  const known = findIssue(ledger, key);
  if (known === undefined || isForgotten(known, seenAtMs)) return { admitted: 'open' };
  switch (known.state) {
    case 'waiting':
    case 'acting':
    case 'proposed':
      return { known };
    case 'healed':
    case 'left-to-deployment':
      // Well for a while and sick again, by itself: what was told of it holds.
      if (known.gaveUp !== undefined) return { admitted: 'note' };
      return Date.parse(known.reportedAt) > seenAtMs ? { known } : { admitted: 'reopen' };
    case 'given-up':
      return Date.parse(known.reportedAt) + NOTED_EVERY_MS <= seenAtMs
        ? { admitted: 'note' }
        : { known };
  }
}

/** What was seen of it, and by what it is judged from now on. */
export interface Opening {
  readonly report: IssueReport;
  readonly workload: string;
  readonly pod?: string;
  readonly policy: RemediationPolicy;
}

/** The ledger with the report in it. One that comes again goes on counting, and keeps its cooldown. */
export function withReport(
  ledger: IssueLedger,
  { report, workload, pod, policy }: Opening,
  seenAtMs: number,
): IssueLedger {
  const key = issueKey(report.kind, workload);
  const known = findIssue(ledger, key);
  const now = timeOf(seenAtMs);
  const admission = admitReport(ledger, key, seenAtMs);
  if ('known' in admission) return ledger;
  if (admission.admitted === 'note') return withNote(ledger, key, seenAtMs);
  const attempts = admission.admitted === 'reopen' ? (known?.attempts ?? []) : [];
  const opened: Issue = {
    key,
    kind: report.kind,
    namespace: report.namespace,
    cluster: report.cluster,
    workload,
    ...(pod === undefined ? {} : { pod }),
    source: report.source,
    actor: report.actor,
    ...(report.reason === undefined ? {} : { reason: report.reason }),
    state: 'waiting',
    openedAt: now,
    reportedAt: now,
    attempts,
    policy,
  };
  return withIssue(ledger, decided(opened, seenAtMs));
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
  const counted = { ...ledger, totals: countAttempt(ledger.totals, known.kind, attempt) };
  const { approvedBy: _spent, ...issue } = known;
  const isNone = attempt.result === 'healthy' || attempt.result === 'held-back';
  const attempts = isNone ? issue.attempts : [...issue.attempts, attempt].slice(-ATTEMPTS_KEPT);
  const { dueAt: _was, ...rest } = issue;
  const ended = { ...rest, attempts, reportedAt: timeOf(nowMs) };
  switch (attempt.result) {
    case 'helped':
    case 'healthy':
      return withIssue(counted, { ...ended, state: 'healed' });
    case 'held-back':
      return withGivenUp(withIssue(counted, ended), key, attempt.detail);
    case 'overtaken':
      return withIssue(counted, { ...ended, state: 'left-to-deployment' });
    case 'not-helped':
    case 'refused':
      return withIssue(counted, decided({ ...ended, state: 'waiting' }, nowMs));
  }
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
    dueAt: timeOf(Math.max(nowMs, cooledAtMs(known))),
    approvedBy: actor,
  });
}

/** Its workload has been well for a while, by whatever: what was given up of it is over. */
export function withWell(
  ledger: IssueLedger,
  { namespace, workload }: Pick<Issue, 'namespace' | 'workload'>,
  nowMs: number,
): IssueLedger {
  const issues = ledger.issues.map((issue): Issue => {
    const isIts = issue.namespace === namespace && issue.workload === workload;
    if (!isIts || issue.state !== 'given-up') return issue;
    return { ...issue, state: 'healed', reportedAt: timeOf(nowMs) };
  });
  return { ...ledger, issues };
}

/** A person closes it: what comes of it again is a new issue. */
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

/** The action of the next attempt: each in turn, the last one again and again. */
export function nextAction({ kind, attempts, policy }: Issue): Attempt['action'] | undefined {
  const ladder = policy.ladders[kind];
  return ladder[Math.min(attempts.length, ladder.length - 1)];
}

function inOrder({ issues }: IssueLedger): (Issue & { readonly dueAt: string })[] {
  return issues
    .filter((issue): issue is Issue & { readonly dueAt: string } => issue.dueAt !== undefined)
    .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
}

/** What follows for an issue that is open: its next attempt, a proposal, or that it is given up. */
function decided(issue: Issue, nowMs: number): Issue {
  const { policy, attempts } = issue;
  const action = nextAction(issue);
  if (action === undefined) {
    return { ...issue, state: 'given-up', gaveUp: `no action for ${issue.kind} is switched on` };
  }
  if (attempts.length >= policy.maxAttempts) {
    const tried = `${attempts.length} of ${policy.maxAttempts} attempts made`;
    return { ...issue, state: 'given-up', gaveUp: `${tried}, and it is not mended` };
  }
  if (!policy.autoRemediate && issue.source !== 'person') {
    return { ...issue, state: 'proposed', dueAt: timeOf(nowMs + policy.approvalTimeoutMs) };
  }
  return { ...issue, state: 'waiting', dueAt: timeOf(Math.max(nowMs, cooledAtMs(issue))) };
}

function cooledAtMs({ attempts, policy }: Issue): number {
  const last = attempts.at(-1);
  return last === undefined ? 0 : Date.parse(last.at) + policy.cooldownMs;
}

/** Nobody has seen it for so long that it is another one. */
function isForgotten({ state, reportedAt, policy }: Issue, nowMs: number): boolean {
  const isOver = state === 'healed' || state === 'given-up' || state === 'left-to-deployment';
  return isOver && Date.parse(reportedAt) + policy.resetAfterMs <= nowMs;
}

/** A deployment begins: its own verdict decides over what was open. */
export function leftToDeployment(ledger: IssueLedger): IssueLedger {
  const issues = ledger.issues.map(({ dueAt, approvedBy: _spent, ...issue }): Issue =>
    dueAt === undefined ? issue : { ...issue, state: 'left-to-deployment' },
  );
  return { ...ledger, issues };
}

/** As lists show them. */
export function issueViews({ issues }: IssueLedger): readonly IssueView[] {
  return issues.map(viewOfIssue);
}

export function viewOfIssue({ policy: _policy, ...issue }: Issue): IssueView {
  return issue;
}

export function findIssue({ issues }: IssueLedger, key: string): Issue | undefined {
  return issues.find((one) => one.key === key);
}

/** The issue as it is now; an end that it has come to is counted. */
function withIssue(before: IssueLedger, issue: Issue): IssueLedger {
  const ledger = withEnd(before, issue);
  const others = ledger.issues.filter(({ key }) => key !== issue.key);
  const kept = [...others, issue];
  if (kept.length <= ISSUES_KEPT) return { ...ledger, issues: kept };
  const oldest = kept.findIndex(({ state }) => state === 'healed');
  return { ...ledger, issues: kept.filter((_one, index) => index !== Math.max(oldest, 0)) };
}

function withEnd(ledger: IssueLedger, { key, kind, state, openedAt }: Issue): IssueLedger {
  if (state !== 'healed' && state !== 'given-up') return ledger;
  const before = findIssue(ledger, key);
  const isSame = before?.openedAt === openedAt;
  if (isSame && (before.state === state || before.gaveUp !== undefined)) return ledger;
  return { ...ledger, totals: countEnd(ledger.totals, kind, state) };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
