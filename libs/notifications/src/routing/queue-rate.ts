const SECONDS = 60;

/**
 * Rate of a destination's task queue, a second, so that no minute sees more than `perSecond` allows, whatever came
 * before it: each of the queue's partitions lets one through at once after a rest. 0 stays 0: no limit.
 */
export function queueRate(perSecond: number, partitions: number): number {
  return Math.max(perSecond - partitions / SECONDS, perSecond / 2);
}
