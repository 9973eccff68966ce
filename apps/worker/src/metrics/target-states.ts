import type { LedgerView, TargetState } from '@fairlead/contracts';
import { targetStateOf } from '@fairlead/domain';
import type { TargetList } from '@fairlead/temporal/targets';

/** Visibility is a little late, so each look goes back beyond the last one. */
const OVERLAP_MS = 30_000;
/** How long a target that was forgotten may still be shown, and one that was missed is not. */
const WHOLE_EVERY_MS = 5 * 60_000;

/** The targets' states as this process knows them: a projection of their memos, which any process may have. */
export interface TargetStates {
  readonly states: readonly TargetState[];
  /** The memos that those are made of. */
  readonly ledgers: readonly LedgerView[];
  /** When they were last read; undefined before the first time. */
  readonly readAt: Date | undefined;
  /** Reads what has changed. Throws when Temporal is away; what is known stays. */
  refresh(): Promise<void>;
}

export function createTargetStates(
  list: TargetList,
  now: () => Date = () => new Date(),
): TargetStates {
  let known = new Map<string, LedgerView>();
  let readAt: Date | undefined;
  let wholeAt: Date | undefined;

  function learn(views: readonly LedgerView[], into: Map<string, LedgerView>): void {
    for (const view of views) {
      into.set(`${view.environment}/${view.application}`, view);
    }
  }

  return {
    get states() {
      return [...known.values()].map(targetStateOf);
    },
    get ledgers() {
      return [...known.values()];
    },
    get readAt() {
      return readAt;
    },
    async refresh() {
      const startedAt = now();
      const since = readAt;
      if (
        since === undefined ||
        wholeAt === undefined ||
        startedAt.getTime() - wholeAt.getTime() >= WHOLE_EVERY_MS
      ) {
        const whole = new Map<string, LedgerView>();
        learn(await list.all(), whole);
        known = whole;
        wholeAt = startedAt;
      } else {
        // Running ones first: one that ends between the two looks is in the second.
        learn(await list.running(), known);
        learn(await list.changedSince(new Date(since.getTime() - OVERLAP_MS)), known);
      }
      readAt = startedAt;
    },
  };
}
