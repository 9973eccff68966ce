import type { Caller } from '../asking/caller.ts';
import type { Surroundings } from '../asking/plan.ts';
import type { Session } from '../connection/session.ts';

/** What every verb works with. */
export interface Context extends Surroundings {
  readonly session: Session;
  readonly caller: Caller;
  /** Configuration files where a call names none. */
  readonly config: readonly string[];
}
