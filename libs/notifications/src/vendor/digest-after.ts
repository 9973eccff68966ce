import type { Destination } from '../destination.ts';

/** The option of every paced channel as its destination has it. */
export function digestAfter({
  digestAfterMs,
}: {
  readonly digestAfterMs?: number;
}): Pick<Destination, 'digestAfterMs'> {
  return digestAfterMs === undefined ? {} : { digestAfterMs };
}
