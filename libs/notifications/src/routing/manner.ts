import type { Manner } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';

/** How a destination takes its deliveries, for the workflows. */
export function mannerOf({
  road,
  queue,
  atMostOnce,
  digestAfterMs,
  closes,
  confirm,
}: Destination): Manner {
  return {
    road,
    ...(queue === undefined ? {} : { queue }),
    ...(atMostOnce === undefined ? {} : { atMostOnce }),
    ...(digestAfterMs === undefined ? {} : { digestAfterMs }),
    ...(confirm === undefined ? {} : { saysLater: true }),
    ...(closes === undefined ? {} : { oneByOne: true }),
  };
}
