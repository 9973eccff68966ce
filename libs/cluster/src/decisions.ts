export { read } from './apply/run.ts';
export { decided } from './decide.ts';
export type { Decision } from './decide.ts';
export { APPLY_HEARTBEAT_MS, atEdge, WATCH_HEARTBEAT_MS } from './edge.ts';
export { judge } from './health/judge.ts';
export type { Judgement } from './health/judge.ts';
export { podTrouble } from './health/pod-trouble.ts';
export { createReadinessMemory } from './health/readiness-memory.ts';
export type { ReadinessMemory } from './health/readiness-memory.ts';
export { isOurs, matchesSelector } from './labels.ts';
export type {
  AutoscalerView,
  ContainerStatus,
  OwnedPod,
  PodUsage,
  PodView,
  Ref,
  Workload,
  WorkloadView,
} from './objects.ts';
export { createCatchUp } from './sight.ts';
export { podAmounts, times } from './snapshot/pod-resources.ts';
export { parseQuantity } from './snapshot/quantity.ts';
export { lackingRoom } from './snapshot/quota.ts';
export { createWaitClocks, LOOK_ONCE } from './wait-clock.ts';
export type { WaitClocks, WaitRecord } from './wait-clock.ts';
