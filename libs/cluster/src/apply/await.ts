import type { ClusterChange, Doom } from '@fairlead/contracts';
import { decided } from '../decide.ts';
import type { Decision } from '../decide.ts';
import { edited } from '../failures.ts';
import { judge } from '../health/judge.ts';
import { createReadinessMemory } from '../health/readiness-memory.ts';
import { slowestReadySeconds } from '../health/ready-seconds.ts';
import type { Workload, WorkloadView } from '../objects.ts';
import { createCatchUp } from '../sight.ts';
import { doomFrom, withLastLogLine } from './doom.ts';
import { checkCanary, checkStable, findSide, workloadName } from './find.ts';
import type { Outcome, Run } from './run.ts';

type Change = Extract<ClusterChange, { kind: 'await' }>;

/** Ends when the pods are available, when they are doomed, or at the deadline. */
export async function applyAwait(run: Run, change: Change): Promise<Outcome> {
  const { cluster, namespace, signal, now, clock } = run;
  const { component, side } = change;
  const read = await findSide(run, component, side);
  const memory = createReadinessMemory();
  const sinceMs = now();
  const isBehind = createCatchUp(read, sinceMs);

  function judged(view: WorkloadView | undefined, nowMs: number) {
    const workload = checkSide(view?.workload, change, namespace);
    if (view === undefined) return undefined;
    const replicas = wantedReplicas(workload, change, namespace);
    const alone = side === 'stable' && change.images === 'old';
    return judge(view, { replicas, alone, nowMs, memory });
  }

  function decide(view: WorkloadView | undefined, nowMs: number): Decision<Outcome> {
    const behind = isBehind(view, nowMs);
    if (behind !== undefined) return behind;
    const judgement = judged(view, nowMs);
    if (judgement?.state === 'available') {
      noteReadiness(run, change, view);
      return { done: undefined };
    }
    if (judgement?.state === 'doomed') return { done: doomFrom(judgement, component, side) };
    const againAtMs = judgement?.againAtMs;
    return { wait: true, ...(againAtMs === undefined ? {} : { againAtMs }) };
  }

  function atDeadline(view: WorkloadView | undefined): Doom {
    const judgement = judged(view, now());
    const words = judgement?.state === 'progressing' ? judgement.words : 'no pods';
    const lacking = view?.pods.find((pod) => pod.unschedulable !== undefined)?.unschedulable;
    return {
      component: component.name,
      workload: workloadName(component, side),
      side,
      reason: lacking === undefined ? 'ProgressDeadline' : 'Unschedulable',
      message: `not available within the progress deadline: ${words}`,
      since: lacking?.since ?? new Date(sinceMs).toISOString(),
    };
  }

  const doom = await decided<WorkloadView | undefined, Outcome>({
    observe: (listener) => cluster.observeWorkload({ namespace, name: read.name }, listener),
    decide,
    signal,
    now,
    deadline: { clock, answer: atDeadline },
  });
  return doom === undefined ? undefined : withLastLogLine(run, doom);
}

/** Of the new version alone, which is always that of the canary. */
function noteReadiness({ readySeconds }: Run, change: Change, view: WorkloadView | undefined) {
  if (change.side === 'stable' && change.images === 'old') return;
  const took = slowestReadySeconds(view?.pods ?? []);
  if (took === undefined) return;
  const { name } = change.component;
  readySeconds.set(name, Math.max(took, readySeconds.get(name) ?? 0));
}

function checkSide(
  seen: Workload | undefined,
  { component, side, images }: Change,
  namespace: string,
) {
  if (side === 'canary') return checkCanary(seen, component, namespace);
  const { workload, state } = checkStable(seen, component, namespace);
  if (component.images.length > 0 && state !== images) {
    throw edited(
      `Kubernetes Deployment ${workload.name} in ${namespace} has the ${state} images, not the ` +
        `${images} ones: someone changed it while the run was on`,
    );
  }
  return workload;
}

/** An autoscaler moves the stable's replicas as it likes; then what it wants is what counts. */
function wantedReplicas(seen: Workload, { component, side, replicas }: Change, namespace: string) {
  if (side === 'stable' && component.autoscaler !== undefined) return seen.replicas;
  if (seen.replicas >= replicas) return replicas;
  throw edited(
    `Kubernetes Deployment ${seen.name} in ${namespace} was scaled to ${seen.replicas} by ` +
      `someone else; ${replicas} were wanted`,
  );
}
