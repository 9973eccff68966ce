import type { ComponentSnapshot, Doom, WatchRequest } from '@fairlead/contracts';
import { doomFrom, withLastLogLine } from './apply/doom.ts';
import type { PodDoom } from './apply/doom.ts';
import { checkCanary, checkStable, findSide } from './apply/find.ts';
import { decided } from './decide.ts';
import { judge } from './health/judge.ts';
import { createReadinessMemory } from './health/readiness-memory.ts';
import type { WorkloadView } from './objects.ts';
import type { Cluster } from './port.ts';
import { createCatchUp } from './sight.ts';

/** Ends when pods of one side are doomed; throws when the side was edited or is gone. */
export async function watchHealth(
  { namespace, components, side }: WatchRequest,
  context: { readonly cluster: Cluster; readonly now: () => number; readonly signal: AbortSignal },
): Promise<Doom> {
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  const { cluster, now } = context;
  try {
    const first = await Promise.race(
      components.map((component) => watchOne(component, { cluster, now, signal, namespace, side })),
    );
    return await withLastLogLine({ cluster, namespace }, first);
  } finally {
    ended.abort();
  }
}

interface Watch {
  readonly cluster: Cluster;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly namespace: string;
  readonly side: WatchRequest['side'];
}

async function watchOne(component: ComponentSnapshot, watch: Watch): Promise<PodDoom> {
  const { cluster, now, signal, namespace, side } = watch;
  const read = await findSide(watch, component, side);
  const memory = createReadinessMemory();
  const isBehind = createCatchUp(read, now());
  return decided<WorkloadView | undefined, PodDoom>({
    observe: (listener) => cluster.observeWorkload({ namespace, name: read.name }, listener),
    decide(view, nowMs) {
      const behind = isBehind(view, nowMs);
      if (behind !== undefined) return behind;
      if (side === 'stable') checkStable(view?.workload, component, namespace);
      else checkCanary(view?.workload, component, namespace);
      if (view === undefined) return { wait: true };
      // How many pods there should be is not this watch's question: those that are there are judged.
      const judgement = judge(view, { replicas: 0, alone: false, nowMs, memory });
      if (judgement.state === 'doomed') return { done: doomFrom(judgement, component, side) };
      const againAtMs = judgement.state === 'progressing' ? judgement.againAtMs : undefined;
      return { wait: true, ...(againAtMs === undefined ? {} : { againAtMs }) };
    },
    signal,
    now,
  });
}
