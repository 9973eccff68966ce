import type { ApplyRequest, ApplyResult, ClusterChange, Doom } from '@fairlead/contracts';
import type { Cluster } from '../port.ts';
import type { WaitClocks } from '../wait-clock.ts';
import { applyAwait } from './await.ts';
import { applyCanary } from './canary.ts';
import { applyImages } from './images.ts';
import { observeComponent } from './observed.ts';
import { applyRemoveCanary } from './remove-canary.ts';
import { applyRoute } from './route.ts';
import type { Outcome, Run } from './run.ts';
import { applyScale } from './scale.ts';
import { stableServes } from './stable-serves.ts';

export interface ApplyContext {
  readonly cluster: Cluster;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly clocks: WaitClocks;
}

/** Lists side by side, the changes of one in order. The first doom or failure stops the other lists' waits too. */
export async function applyChanges(
  { namespace, deploymentId, lists, isWayBack = false }: ApplyRequest,
  { cluster, now, signal, clocks }: ApplyContext,
): Promise<ApplyResult> {
  const stop = new AbortController();
  const together = AbortSignal.any([signal, stop.signal]);
  const readySeconds = new Map<string, number>();
  const shared = { cluster, namespace, deploymentId, now, signal: together, readySeconds };
  const runOf = (place: string): Run => ({ ...shared, clock: clocks.of(place) });
  let doom: Doom | undefined;

  const ends = await Promise.allSettled(
    lists.map(async (list, at) => {
      try {
        const found = await applyList(list, {
          isWayBack,
          runOf: (change) => runOf(`${at}.${change}`),
        });
        if (found === undefined) return;
        doom ??= found;
        stop.abort(new ListStopped());
      } catch (error) {
        stop.abort(new ListStopped());
        throw error;
      }
    }),
  );
  signal.throwIfAborted();
  for (const end of ends) {
    if (end.status === 'rejected' && !(end.reason instanceof ListStopped)) throw end.reason;
  }
  const components = new Map(lists.flat().map(({ component }) => [component.name, component]));
  const observed = await Promise.all(
    [...components.values()].map(async (component) => {
      const seen = await observeComponent({ cluster, namespace, signal }, component);
      const seconds = readySeconds.get(component.name);
      return seconds === undefined ? seen : { ...seen, readySeconds: seconds };
    }),
  );
  return doom === undefined ? { observed } : { doom, observed };
}

/** Another list of the same request ended the whole. */
class ListStopped extends Error {
  override readonly name = 'ListStopped';
}

interface ListOptions {
  readonly isWayBack: boolean;
  readonly runOf: (change: number) => Run;
}

async function applyList(
  list: readonly ClusterChange[],
  { isWayBack, runOf }: ListOptions,
): Promise<Outcome> {
  let told: Outcome;
  for (const [at, change] of list.entries()) {
    const run = runOf(at);
    run.signal.throwIfAborted();
    const doom = await applyChange(run, change);
    if (doom === undefined) continue;
    told ??= doom;
    const isStableWait = change.kind === 'await' && change.side === 'stable';
    // The canary is what the way back is to be rid of; what the stable lacks is for a person to mend.
    const goesOn = isWayBack && isStableWait && (await stableServes(run, change.component));
    if (!goesOn) return told;
  }
  return told;
}

function applyChange(run: Run, change: ClusterChange): Promise<Outcome> {
  switch (change.kind) {
    case 'canary':
      return applyCanary(run, change);
    case 'scale':
      return applyScale(run, change);
    case 'images':
      return applyImages(run, change);
    case 'route':
      return applyRoute(run, change);
    case 'await':
      return applyAwait(run, change);
    case 'remove-canary':
      return applyRemoveCanary(run, change);
  }
}
