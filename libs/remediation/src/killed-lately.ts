import type { ContainerStatus } from '@fairlead/cluster/decisions';

/** Kubernetes waits up to five minutes before it starts again what was killed: an older one is over. */
const LATELY_MS = 10 * 60_000;

/** Whether a container was short of memory, and not merely once upon a time. Where nobody says when, it is as good as now. */
export function wasKilledLately(
  { terminated, lastTerminated }: ContainerStatus,
  nowMs: number,
): boolean {
  const ended = terminated ?? lastTerminated;
  if (ended?.reason !== 'OOMKilled') return false;
  return !(nowMs - Date.parse(ended.finishedAt ?? '') >= LATELY_MS);
}
