import type { Attempt, Issue } from '@fairlead/contracts';

/** The action of the next attempt: each in turn, the last one again and again. */
export function nextAction(issue: Issue): Attempt['action'] | undefined {
  const ladder = issue.policy.ladders[issue.kind];
  return ladder[Math.min(madeOf(issue), ladder.length - 1)];
}

/** Attempts that count, also those that are not kept. */
export function madeOf({ made, attempts }: Pick<Issue, 'made' | 'attempts'>): number {
  return made ?? attempts.length;
}
