import type { Issue, IssueTotals, IssueView } from '@fairlead/contracts';
import { countEnd } from './issue-totals.ts';
import { nextAction } from './ladder.ts';

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
export const ISSUES_KEPT = 50;

export function issueKey(kind: Issue['kind'], workload: string): string {
  return `${kind}/${workload}`;
}

/** As lists show them. */
export function issueViews({ issues }: IssueLedger): readonly IssueView[] {
  return issues.map(viewOfIssue);
}

export function viewOfIssue({ policy, ...issue }: Issue): IssueView {
  const proposes = issue.state === 'proposed' ? nextAction({ ...issue, policy }) : undefined;
  return { ...issue, ...(proposes === undefined ? {} : { proposes }) };
}

export function findIssue({ issues }: IssueLedger, key: string): Issue | undefined {
  return issues.find((one) => one.key === key);
}

/** The issue as it is now; an end that it has come to is counted. */
export function withIssue(before: IssueLedger, issue: Issue): IssueLedger {
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

export function isOver({ state }: Issue): boolean {
  return state === 'healed' || state === 'given-up' || state === 'left-to-deployment';
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
