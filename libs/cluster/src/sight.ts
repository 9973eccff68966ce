import type { Decision } from './decide.ts';
import type { Workload, WorkloadView } from './objects.ts';

/** How far an open watch may lag behind a read of the same object before what it misses counts as gone. */
const LAG_MS = 2000;

/**
 * Compares a watch with what was read just before it: an open watch may still show what was there before the last
 * write. Answers `undefined` once what is seen may be judged.
 */
export function createCatchUp(read: Workload, readAtMs: number) {
  let seen = false;
  return function behind(
    view: WorkloadView | undefined,
    nowMs: number,
  ): Decision<never> | undefined {
    if (view === undefined) {
      const goneAtMs = readAtMs + LAG_MS;
      return seen || nowMs >= goneAtMs ? undefined : { behind: true, againAtMs: goneAtMs };
    }
    seen = true;
    const { uid, generation } = view.workload;
    return uid === read.uid && generation < read.generation ? { behind: true } : undefined;
  };
}
