import type { ContainerStatus } from '@fairlead/cluster/decisions';

/** Kubernetes waits up to five minutes before it starts again what has ended: an older end is over. */
const LATELY_MS = 10 * 60_000;

/** Whether a container that has started again ended not long ago. Where nobody says when, it is as good as now. */
export function endedLately(
  { terminated, lastTerminated }: ContainerStatus,
  nowMs: number,
): boolean {
  const ended = terminated ?? lastTerminated;
  return ended !== undefined && !(nowMs - Date.parse(ended.finishedAt ?? '') >= LATELY_MS);
}

/** Whether it was short of memory, and not merely once upon a time. */
export function wasKilledLately(container: ContainerStatus, nowMs: number): boolean {
  const { terminated, lastTerminated } = container;
  return (terminated ?? lastTerminated)?.reason === 'OOMKilled' && endedLately(container, nowMs);
}
