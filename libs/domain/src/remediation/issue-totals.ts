import type { Attempt, Issue, IssueEnd, IssueTotals } from '@fairlead/contracts';

const NO_TOTALS: IssueTotals = { attempts: {}, ended: {} };

/** One more attempt at an issue of this kind. */
export function countAttempt(
  before: IssueTotals = NO_TOTALS,
  kind: Issue['kind'],
  { action, result }: Attempt,
): IssueTotals {
  const ofKind = before.attempts[kind] ?? {};
  const ofAction = ofKind[action] ?? {};
  const counted = { ...ofAction, [result]: (ofAction[result] ?? 0) + 1 };
  return {
    ...before,
    attempts: { ...before.attempts, [kind]: { ...ofKind, [action]: counted } },
  };
}

/** An issue of this kind has come to its end; one that comes again ends again. */
export function countEnd(
  before: IssueTotals = NO_TOTALS,
  kind: Issue['kind'],
  end: IssueEnd,
): IssueTotals {
  const ofKind = before.ended[kind] ?? {};
  const counted = { ...ofKind, [end]: (ofKind[end] ?? 0) + 1 };
  return { ...before, ended: { ...before.ended, [kind]: counted } };
}
