import type { ContainerStatus, WorkloadView } from '@fairlead/cluster/decisions';

/** kubelet takes a container that has run for so long for well, and begins its back-off anew. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

/**
 * Without what a pod that is ready has behind it: a new version is judged by each of its crashes, but one that has
 * long run is not sick because it once was.
 */
export function presently(view: WorkloadView, nowMs: number): WorkloadView {
  return {
    ...view,
    pods: view.pods.map((pod) =>
      pod.ready
        ? { ...pod, containers: pod.containers.map((container) => forget(container, nowMs)) }
        : pod,
    ),
  };
}

function forget(container: ContainerStatus, nowMs: number): ContainerStatus {
  const { lastTerminated, ...rest } = container;
  if (lastTerminated === undefined || rest.waiting !== undefined) return container;
  const endedAtMs = Date.parse(lastTerminated.finishedAt ?? '');
  return rest.init || endedAtMs <= nowMs - FORGOTTEN_AFTER_MS ? rest : container;
}
