import type { ClusterChange, ComponentSnapshot, Doom } from '@fairlead/contracts';
import { decided } from '../decide.ts';
import { canaryLabels } from '../labels.ts';
import type { Labels } from '../objects.ts';
import { findCanary, workloadName } from './find.ts';
import { awaitReceiver } from './route.ts';
import { findRoute } from './route-state.ts';
import type { Gateway } from './route-state.ts';
import { read, rereadOnConflict } from './run.ts';
import type { Outcome, Run } from './run.ts';

type Change = Extract<ClusterChange, { kind: 'remove-canary' }>;

/** Route first, then pods: nothing is taken away while it is being sent traffic. */
export async function applyRemoveCanary(run: Run, { component }: Change): Promise<Outcome> {
  const { cluster, namespace } = run;
  const { traffic } = component;
  const canary = await findCanary(run, component);
  if (traffic.router === 'gateway-api') {
    const doom = await unroute(run, component, traffic);
    if (doom !== undefined) return doom;
  }
  if (canary !== undefined) await cluster.deleteWorkload(namespace, canary);
  return awaitNoPods(run, component, canaryLabels(component.workload));
}

/** The route's rules as they were, byte for byte; then the canary's Service goes. */
async function unroute(run: Run, component: ComponentSnapshot, traffic: Gateway): Promise<Outcome> {
  const { cluster, namespace } = run;
  const state = await findRoute(run, component, traffic);
  if (state.percent !== undefined && state.percent > 0) {
    const doom = await awaitReceiver(run, component, state, 0);
    if (doom !== undefined) return doom;
  }
  await rereadOnConflict(run, async () => {
    const { route, percent, before } = await findRoute(run, component, traffic);
    if (percent !== undefined) await cluster.patchRoute(namespace, route, before);
  });
  if (state.canaryService !== undefined) {
    await cluster.deleteService(namespace, state.canaryService);
  }
  return undefined;
}

/** "No pod of the bad version is left." */
async function awaitNoPods(
  run: Run,
  component: ComponentSnapshot,
  labels: Labels,
): Promise<Outcome> {
  const { cluster, namespace, signal, now } = run;
  const sinceMs = now();
  const doom = await decided<number, Doom | undefined>({
    observe: (listener) => cluster.observePods(namespace, labels, listener),
    decide: (pods) => (pods === 0 ? { done: undefined } : { wait: true }),
    signal,
    now,
    deadline: {
      clock: run.clock,
      answer: (pods) => ({
        component: component.name,
        workload: workloadName(component, 'canary'),
        side: 'canary',
        reason: 'ProgressDeadline',
        message: `${pods} pods of the canary are still ending`,
        since: new Date(sinceMs).toISOString(),
      }),
    },
  });
  if (doom !== undefined) return doom;
  // The watch may have begun behind the deletion; this count is never old.
  const left = await read(run, cluster.countPods(namespace, labels));
  return left === 0 ? undefined : awaitNoPods(run, component, labels);
}
