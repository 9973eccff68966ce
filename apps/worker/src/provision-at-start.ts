import { setTimeout as wait } from 'node:timers/promises';
import { AdapterError } from '@fairlead/contracts';
import type { ProvisionChange } from '@fairlead/contracts';
import type { Log } from '@fairlead/temporal/logging';

/** What starts together with its monitoring is there before it. */
const AGAIN_MS = 30_000;

interface StartRequest {
  readonly systems: readonly string[];
  /** Applies dashboards and alerts of one system; what a person edited stays. */
  readonly apply: (system: string) => Promise<readonly ProvisionChange[]>;
  readonly log: Log;
  /** Aborted when the worker ends. */
  readonly signal: AbortSignal;
  /** Between two tries at a system that is away; default 30 s. */
  readonly againMs?: number;
}

/** Where `provision: true` says so. No deployment waits for it, and a system that is away is tried until it is there. */
export async function provisionAtStart({ systems, ...request }: StartRequest): Promise<void> {
  await Promise.all(systems.map((system) => provisionOne(system, request)));
}

async function provisionOne(
  system: string,
  { apply, log, signal, againMs = AGAIN_MS }: Omit<StartRequest, 'systems'>,
): Promise<void> {
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      const done = (await apply(system)).filter(({ action }) => action !== 'unchanged');
      log.info('dashboards and alerts provisioned', { system, changes: done.length });
      return;
    } catch (error) {
      const isAway = error instanceof AdapterError && error.retryable;
      const reason = String(error);
      const goesOn = isAway ? '; tried again until it answers' : '';
      if (tries === 1) {
        log.error(`dashboards and alerts were not provisioned${goesOn}`, { system, reason });
      }
      if (!isAway) return;
    }
    await wait(againMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
