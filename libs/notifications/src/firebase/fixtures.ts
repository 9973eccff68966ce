import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { createFirebase } from './firebase.ts';
import type { FirebaseOptions } from './options.ts';

/** The only destination that these options make. */
export function onlyDestination(options: FirebaseOptions): Destination {
  const [destination, ...more] = createFirebase(options);
  if (destination === undefined || more.length > 0) throw new Error('not one destination');
  return destination;
}

export function send(
  destination: Destination,
  parts: Parameters<typeof aDelivery>[0] = {},
  signal: AbortSignal = AbortSignal.timeout(30_000),
) {
  return destination.send(aDelivery({ destination: destination.name, ...parts }), signal);
}
