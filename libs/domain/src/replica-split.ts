/** How many pods each side has when the replica count is the weight. */
export interface ReplicaSplit {
  readonly canary: number;
  readonly stable: number;
}

/**
 * Router `replicas`: pods are the weight. The canary has at least one pod while it takes traffic, and the stable keeps
 * at least one until it runs the new version (rollout.md, "Traffic"), so small totals come out coarser than asked.
 */
export function splitReplicas(total: number, weight: number): ReplicaSplit {
  const pods = wholePods(total);
  const percent = clampWeight(weight);
  if (percent === 0 || pods === 0) return { canary: 0, stable: pods };
  const canary = Math.min(pods, Math.max(1, Math.round((pods * percent) / 100)));
  return { canary, stable: Math.max(1, pods - canary) };
}

/** Behind a router the stable keeps its size; the canary needs enough pods for its share, rounded up. */
export function routedCanaryReplicas(total: number, weight: number): number {
  return Math.max(1, Math.ceil((wholePods(total) * clampWeight(weight)) / 100));
}

/** Percent, 0..100, whatever the wire brings: what is no number is no weight. */
export function clampWeight(weight: number): number {
  return Number.isNaN(weight) ? 0 : Math.min(100, Math.max(0, weight));
}

function wholePods(total: number): number {
  return Number.isFinite(total) ? Math.max(0, Math.trunc(total)) : 0;
}
