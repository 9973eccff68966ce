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
  /** When workloads were acted upon last, whatever for; absent where none was. */
  readonly acted?: readonly Acted[];
}

/** Outlives its issue, so that no other one, and no dismissal, makes a cooldown shorter. */
interface Acted {
  /** `<namespace>/<name>` */
  readonly workload: string;
  readonly at: string;
}

export const NO_ISSUES: IssueLedger = { issues: [], attempts: 0 };

/** Workloads times kinds; beyond it those that are over are forgotten, the healed ones first. */
const ISSUES_KEPT = 50;
/** The limit of actions holds for an hour: what it held back may be tried again after one. */
const HELD_BACK_MS = 60 * 60_000;
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
  | { readonly known: Issue }
  /** As many as are kept are open: one more cannot be remembered. */
  | { readonly full: number };

/**
 * What a report of one workload and kind does; one from before the last attempt ended is old. Who says since when it is
 * so (RFC 3339) is believed: what lasts is no other issue, however seldom it is told. Pure.
 */
export function admitReport(
  ledger: IssueLedger,
  key: string,
  seenAtMs: number,
  since?: string,
): IssueAdmission {
  const known = findIssue(ledger, key);
  if (known === undefined) {
    const open = ledger.issues.filter((one) => !isOver(one)).length;
    return open < ISSUES_KEPT ? { admitted: 'open' } : { full: open };
  }
  if (isForgotten(known, seenAtMs, since)) return { admitted: 'open' };
  switch (known.state) {
    case 'waiting':
    case 'acting':
    case 'proposed':
      return { known };
    case 'healed':
    case 'left-to-deployment':
      // Well for a while and sick again, by itself: what was told of it holds.
      if (known.gaveUp !== undefined && !mayBeTriedAgain(known, seenAtMs)) {
        return { admitted: 'note' };
      }
      return Date.parse(known.reportedAt) > seenAtMs ? { known } : { admitted: 'reopen' };
    case 'given-up':
      if (mayBeTriedAgain(known, seenAtMs)) return { admitted: 'reopen' };
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

/** The workload was acted upon: what else is wrong with it waits until that can have helped. */
function withAct(ledger: IssueLedger, { key, namespace, workload }: Issue, attempt: Attempt) {
  const { result, at } = attempt;
  if (result !== 'helped' && result !== 'not-helped' && result !== 'overtaken') return ledger;
  const name = `${namespace}/${workload}`;
  const others = (ledger.acted ?? []).filter((one) => one.workload !== name);
  const acted = [...others, { workload: name, at }].slice(-ISSUES_KEPT);
  const issues = ledger.issues.map((one): Issue => {
    const waits = one.state === 'waiting' && one.key !== key && one.dueAt !== undefined;
    if (!waits || one.workload !== workload || one.namespace !== namespace) return one;
    return { ...one, dueAt: timeOf(Math.max(Date.parse(one.dueAt), cooledAtMs(one, { acted }))) };
  });
  return { ...ledger, acted, issues };
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
  const issues = ledger.issues.map((issue): Issue => {
    const isIts = issue.namespace === namespace && issue.workload === workload;
    if (!isIts || issue.state !== 'given-up') return issue;
    return { ...issue, state: 'healed', reportedAt: timeOf(nowMs) };
  });
  return { ...ledger, issues };
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

/** The action of the next attempt: each in turn, the last one again and again. */
export function nextAction(issue: Issue): Attempt['action'] | undefined {
  const ladder = issue.policy.ladders[issue.kind];
  return ladder[Math.min(madeOf(issue), ladder.length - 1)];
}

/** Attempts that count, also those that are not kept. */
function madeOf({ made, attempts }: Pick<Issue, 'made' | 'attempts'>): number {
  return made ?? attempts.length;
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

/** After the last attempt at the issue, and after the last act upon its workload for any other. */
function cooledAtMs(
  { attempts, namespace, workload, policy }: Issue,
  { acted = [] }: Pick<IssueLedger, 'acted'>,
): number {
  const last = acted.find((one) => one.workload === `${namespace}/${workload}`);
  const times = [attempts.at(-1), last].map((one) =>
    one === undefined ? NaN : Date.parse(one.at),
  );
  const lastMs = Math.max(...times.filter((atMs) => !Number.isNaN(atMs)));
  return lastMs + policy.cooldownMs;
}

function isOver({ state }: Issue): boolean {
  return state === 'healed' || state === 'given-up' || state === 'left-to-deployment';
}

/** Nobody has seen it for so long that it is another one, if it was not there all the time. */
function isForgotten(issue: Issue, nowMs: number, since?: string): boolean {
  const reportedAtMs = Date.parse(issue.reportedAt);
  const lasted = since !== undefined && Date.parse(since) <= reportedAtMs;
  return isOver(issue) && !lasted && reportedAtMs + issue.policy.resetAfterMs <= nowMs;
}

/** It was given up only because many things failed at once, and that was a while ago. */
function mayBeTriedAgain({ heldBackAt }: Issue, nowMs: number): boolean {
  return heldBackAt !== undefined && Date.parse(heldBackAt) + HELD_BACK_MS <= nowMs;
}

/** A deployment begins: its own verdict decides over what was open, and over what was given up, which was of the version before. */
export function leftToDeployment(ledger: IssueLedger): IssueLedger {
  const issues = ledger.issues.map((issue): Issue => {
    if (issue.dueAt === undefined && issue.state !== 'given-up') return issue;
    const { dueAt: _never, approvedBy: _spent, ...rest } = issue;
    if (issue.state !== 'given-up') return { ...rest, state: 'left-to-deployment' };
    const { gaveUp: _was, heldBackAt: _then, made: _all, ...anew } = rest;
    return { ...anew, attempts: [], state: 'left-to-deployment' };
  });
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
  const forgotten = FORGOTTEN_FIRST.flatMap(
    (state) => others.find((one) => one.state === state) ?? [],
  );
  return { ...ledger, issues: kept.filter((one) => one !== forgotten[0]) };
}

/** What is open is never forgotten. Of one state the one that changed longest ago goes. */
const FORGOTTEN_FIRST: readonly Issue['state'][] = ['healed', 'left-to-deployment', 'given-up'];

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
