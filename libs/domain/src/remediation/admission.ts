import type { Issue } from '@fairlead/contracts';
import { findIssue, isOver, ISSUES_KEPT } from './issue-ledger.ts';
import type { IssueLedger } from './issue-ledger.ts';

/** The limit of actions holds for an hour: what it held back may be tried again after one. */
const HELD_BACK_MS = 60 * 60_000;
/** A report of an issue that was given up is taken down this seldom: it only says that it is still there. */
const NOTED_EVERY_MS = 15 * 60_000;

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
      return isToBeNoted(known, seenAtMs) ? { admitted: 'note' } : { known };
  }
}

/** Often enough that what is seen all the time is not forgotten. */
function isToBeNoted({ reportedAt, policy }: Issue, nowMs: number): boolean {
  const everyMs = Math.min(NOTED_EVERY_MS, policy.resetAfterMs / 3);
  return Date.parse(reportedAt) + everyMs <= nowMs;
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
