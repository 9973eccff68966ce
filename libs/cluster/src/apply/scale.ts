import type { ClusterChange } from '@fairlead/contracts';
import { decided } from '../decide.ts';
import { edited } from '../failures.ts';
import type { Workload, WorkloadView } from '../objects.ts';
import { findStable } from './find.ts';
import { rereadOnConflict } from './run.ts';
import type { Outcome, Run } from './run.ts';

type Change = Extract<ClusterChange, { kind: 'scale' }>;

/** Where an autoscaler owns the replicas, Fairlead never writes them. */
export async function applyScale(
  run: Run,
  { component, replicas, from }: Change,
): Promise<Outcome> {
  if (component.autoscaler !== undefined) return undefined;
  await rereadOnConflict(run, async () => {
    const stable = await findStable(run, component);
    if (stable.replicas === replicas) return;
    if (!from.includes(stable.replicas)) {
      throw edited(
        `Kubernetes Deployment ${stable.name} in ${run.namespace} was scaled to ` +
          `${stable.replicas} by someone else; this run left ${from.join(' or ')}`,
      );
    }
    const written = await run.cluster.patchWorkload(run.namespace, stable, { replicas });
    if (replicas < stable.replicas) await awaitShrunk(run, written);
  });
  return undefined;
}

/** Pods that are to go still take traffic: by router `replicas`, the weight is real once they have gone. */
async function awaitShrunk(run: Run, written: Workload): Promise<void> {
  const { cluster, namespace, signal, now } = run;
  await decided<WorkloadView | undefined, undefined>({
    observe: (listener) => cluster.observeWorkload({ namespace, name: written.name }, listener),
    decide(view) {
      const { workload } = view ?? {};
      if (workload === undefined) return { done: undefined };
      const { generation, observedGeneration, status, replicas } = workload;
      if (generation < written.generation) return { behind: true };
      const hasShrunk = observedGeneration >= generation && status.replicas <= replicas;
      return hasShrunk ? { done: undefined } : { wait: true };
    },
    signal,
    now,
    // What is not settled by then is told as it is.
    deadline: { clock: run.clock, answer: () => undefined },
  });
}
