import type { PodView } from '@fairlead/cluster/decisions';
import { restartsOf } from '../health.ts';

/** Tells which pod was restarted since, as counted from when it was first seen. */
export function createRestartCount(
  first: readonly PodView[],
): (pods: readonly PodView[]) => string | undefined {
  const counted = new Map(first.map((pod) => [pod.uid, restartsOf(pod)]));
  return (pods) => {
    for (const pod of pods) if (!counted.has(pod.uid)) counted.set(pod.uid, restartsOf(pod));
    return pods.find((pod) => restartsOf(pod) > (counted.get(pod.uid) ?? 0))?.name;
  };
}
