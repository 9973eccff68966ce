/** A task queue has four partitions by default, and each lets one through at once after a rest. */
const BURST = 4;
const SECONDS = 60;

/**
 * Rate of a destination's task queue, a second, so that no minute sees more than `perSecond` allows, whatever came
 * before it. 0 stays 0: no limit.
 */
export function queueRate(perSecond: number): number {
  return Math.max(perSecond - (BURST - 1) / SECONDS, perSecond / 2);
}
