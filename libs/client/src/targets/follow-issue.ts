import { setTimeout as wait } from 'node:timers/promises';
import type { Attempt, IssueView } from '@fairlead/contracts';
import { FairleadError } from '../errors/fairlead-error.ts';
import { EXIT } from '../errors/exit.ts';

interface FollowIssueOptions {
  readonly first: IssueView;
  /** As the target has it now; undefined where it is forgotten. */
  read(): Promise<IssueView | undefined>;
  /** Of each attempt once, as it ends. */
  tell(attempt: Attempt): void;
  readonly signal: AbortSignal;
  /** Default: to its end. */
  readonly forMs?: number;
  readonly pollMs?: number;
}

const POLL_MS = 1_000;
/** A worker that restarts is back within this; the issue is looked after without us anyway. */
const PATIENCE_MS = 60_000;

/** Follows an issue until nothing more is tried. `ended` is false where the caller left before. */
export async function followIssue(
  options: FollowIssueOptions,
): Promise<{ readonly issue: IssueView; readonly ended: boolean }> {
  const { signal, forMs = Infinity, pollMs = POLL_MS } = options;
  const endAtMs = performance.now() + forMs;
  let issue = options.first;
  let told = issue.attempts.at(-1)?.number ?? 0;
  let awaySinceMs: number | undefined;
  for (;;) {
    try {
      issue = (await options.read()) ?? issue;
      awaySinceMs = undefined;
    } catch (error) {
      awaySinceMs ??= performance.now();
      const isAway = error instanceof FairleadError && error.exitCode === EXIT.unreachable;
      if (!isAway || performance.now() - awaySinceMs > PATIENCE_MS) throw error;
    }
    for (const attempt of issue.attempts.filter(({ number }) => number > told)) {
      options.tell(attempt);
      told = attempt.number;
    }
    if (issue.state !== 'waiting' && issue.state !== 'acting') return { issue, ended: true };
    if (signal.aborted || performance.now() >= endAtMs) return { issue, ended: false };
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
