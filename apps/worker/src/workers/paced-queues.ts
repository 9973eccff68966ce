import type { Destination } from '@fairlead/notifications';

/** Names of the queues on which paced deliveries wait: some destinations share one. */
export function pacedQueues(
  destinations: readonly Pick<Destination, 'name' | 'queue' | 'road'>[],
): readonly string[] {
  return [...new Set(destinations.filter(({ road }) => road === 'paced').map(queueOf))];
}

export function queueOf({ name, queue = name }: Pick<Destination, 'name' | 'queue'>): string {
  return queue;
}
