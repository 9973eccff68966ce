import type { ClusterChange } from '@fairlead/contracts';
import { edited } from '../failures.ts';
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
    await run.cluster.patchWorkload(run.namespace, stable, { replicas });
  });
  return undefined;
}
