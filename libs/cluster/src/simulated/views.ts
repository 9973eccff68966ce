import { selectsPods } from '../labels.ts';
import type { ContainerStatus, PodView, Workload, WorkloadView } from '../objects.ts';
import type { Fate } from './fate.ts';
import { inNamespace, podLabels } from './state.ts';
import type {
  SimulatedPod,
  SimulatedReplicaSet,
  SimulatedState,
  SimulatedWorkload,
} from './state.ts';

export function newReplicaSet({ object, replicaSets }: SimulatedWorkload) {
  return replicaSets.find(({ templateDigest }) => templateDigest === object.templateDigest);
}

export function viewWorkload(workload: SimulatedWorkload): Workload {
  const all = workload.replicaSets.flatMap(({ pods }) => pods);
  return {
    ...workload.object,
    status: {
      replicas: all.length,
      updatedReplicas: newReplicaSet(workload)?.pods.length ?? 0,
      readyReplicas: all.filter(isReady).length,
    },
  };
}

export function viewWithPods(workload: SimulatedWorkload): WorkloadView {
  const current = newReplicaSet(workload);
  const others = workload.replicaSets.filter((one) => one !== current);
  return {
    workload: viewWorkload(workload),
    ...(current === undefined
      ? {}
      : {
          newReplicaSet: {
            name: current.name,
            availableReplicas: current.pods.filter(isReady).length,
          },
        }),
    pods: current?.pods.map((pod) => viewPod(pod, current)) ?? [],
    otherPods: others.reduce((sum, { pods }) => sum + pods.length, 0),
  };
}

export function readyEndpoints(state: SimulatedState, namespace: string, service: string): number {
  const selector = state.services[`${namespace}/${service}`]?.selector;
  return inNamespace(state.workloads, namespace)
    .flatMap(({ replicaSets }) => replicaSets)
    .filter((replicaSet) => selectsPods(selector, podLabels(replicaSet)))
    .reduce((sum, { pods }) => sum + pods.filter(isReady).length, 0);
}

function isReady({ state }: SimulatedPod): boolean {
  return state === 'ready';
}

function viewPod(pod: SimulatedPod, { template }: SimulatedReplicaSet): PodView {
  return {
    name: pod.name,
    uid: pod.uid,
    createdAt: new Date(pod.createdAtMs).toISOString(),
    deleting: false,
    disrupted: false,
    ready: isReady(pod),
    phase: pod.fate === 'pending' || pod.fate === 'imagepull' ? 'Pending' : 'Running',
    readyChangedAt: new Date(pod.changedAtMs).toISOString(),
    containers: template.spec.containers.map((container) => viewContainer(container, pod)),
  };
}

/** What kubelet says of each failure; the same words as the test cluster's. */
const WAITING: Partial<Record<Fate, (container: { name: string; image: string }) => Waiting>> = {
  crashloop: crashLoop,
  latecrash: crashLoop,
  oom: crashLoop,
  imagepull: ({ image }) => ({
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image ${image}`,
  }),
  configerror: ({ name }) => ({
    reason: 'CreateContainerConfigError',
    message: `secret "${name}" not found`,
  }),
};

interface Waiting {
  readonly reason: string;
  readonly message: string;
}

function crashLoop({ name }: { readonly name: string }): Waiting {
  return { reason: 'CrashLoopBackOff', message: `back-off restarting failed container ${name}` };
}

function viewContainer(
  container: { readonly name: string; readonly image: string },
  { state, fate, changedAtMs, restarts = 0 }: SimulatedPod,
): ContainerStatus {
  const base = { name: container.name, init: false, restarts };
  const waiting = state === 'failed' ? WAITING[fate]?.(container) : undefined;
  if (waiting === undefined) return base;
  if (waiting.reason !== 'CrashLoopBackOff') return { ...base, waiting };
  const end =
    fate === 'oom' ? { exitCode: 137, reason: 'OOMKilled' } : { exitCode: 1, reason: 'Error' };
  const finishedAt = new Date(changedAtMs).toISOString();
  return { ...base, restarts: restarts + 1, waiting, lastTerminated: { ...end, finishedAt } };
}
