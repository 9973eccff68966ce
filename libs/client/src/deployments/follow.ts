import { setTimeout as wait } from 'node:timers/promises';
import type { DeploymentRecord } from '@fairlead/contracts';
import { FairleadError, unreachableError } from '../errors/fairlead-error.ts';
import { EXIT } from '../errors/exit.ts';
import type { Look } from './record.ts';
import type { Trouble } from '../connection/trouble.ts';

/** Who is told of a run while it is followed. */
export interface Watcher {
  show(record: DeploymentRecord, troubles: readonly Trouble[]): void;
  note(text: string): void;
}

export interface FollowOptions {
  readonly deploymentId: string;
  /** `thorough`: also asks Temporal whether the run was ended from outside, and what is tried again. */
  read(thorough: boolean): Promise<Look>;
  readonly view: Watcher;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** On the clock; default never. */
  readonly endAtMs?: number;
  readonly pollMs?: number;
  readonly patienceMs?: number;
  readonly clock?: () => number;
}

export type Followed =
  | { readonly end: 'outcome'; readonly record: DeploymentRecord }
  | { readonly end: 'timeout' | 'interrupted'; readonly record?: DeploymentRecord };

/** Quick enough for eyes, two queries a second for the worker. */
const POLL_MS = 500;
/** How often a run that was terminated from outside is looked for: it cannot say so itself. */
const THOROUGH_EVERY = 10;
/** A worker or server that restarts is back within this (targets.md, M11); the run goes on without us anyway. */
const PATIENCE_MS = 60_000;

/** Reads the record until it has an outcome, and shows it. An outage is said, waited for, and bounded. */
export async function follow(options: FollowOptions): Promise<Followed> {
  const { view, signal, endAtMs = Infinity, clock = () => performance.now() } = options;
  const { pollMs = POLL_MS, patienceMs = PATIENCE_MS } = options;
  let awaySinceMs: number | undefined;
  let record: DeploymentRecord | undefined;
  let troubles: readonly Trouble[] = [];
  for (let polls = 0; ; polls += 1) {
    try {
      const look = await options.read(polls % THOROUGH_EVERY === THOROUGH_EVERY - 1);
      record = look.record;
      troubles = look.troubles ?? troubles;
      if (awaySinceMs !== undefined) view.note('It answers again.');
      awaySinceMs = undefined;
      view.show(record, troubles);
      if (record.outcome !== undefined) return { end: 'outcome', record };
    } catch (error) {
      if (!(error instanceof FairleadError) || error.exitCode !== EXIT.unreachable) throw error;
      if (awaySinceMs === undefined) {
        view.note(`${error.message}\nThe deployment goes on; trying again.`);
      }
      awaySinceMs ??= clock();
      if (clock() - awaySinceMs > patienceMs) throw gaveUp(error, options.deploymentId);
    }
    const known = record === undefined ? {} : { record };
    if (signal.aborted) return { end: 'interrupted', ...known };
    if (clock() >= endAtMs) return { end: 'timeout', ...known };
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

function gaveUp(error: FairleadError, deploymentId: string): FairleadError {
  return unreachableError(
    `${error.message}\nThe deployment ${deploymentId} goes on. Follow it with \`fairlead status ${deploymentId} --watch\`.`,
    { details: { deploymentId, ...error.details }, cause: error },
  );
}
