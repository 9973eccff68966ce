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
  if (weight <= 0 || total <= 0) return { canary: 0, stable: total };
  const canary = Math.min(total, Math.max(1, Math.round((total * weight) / 100)));
  return { canary, stable: Math.max(1, total - canary) };
}

/** Behind a router the stable keeps its size; the canary needs enough pods for its share, rounded up. */
export function routedCanaryReplicas(total: number, weight: number): number {
  return Math.max(1, Math.ceil((total * Math.max(0, weight)) / 100));
}
