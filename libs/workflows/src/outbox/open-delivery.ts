import type { Delivery, OpenDelivery, Route, SettingsSnapshot } from '@fairlead/contracts';

/** A delivery with what its route says of how it goes. No fallback is told twice. */
export function openDelivery(
  { destination: _destination, kinds: _kinds, ...manner }: Route,
  delivery: Delivery,
  { routes, fallback = [] }: SettingsSnapshot,
): OpenDelivery {
  const { kind } = delivery.event;
  const told = new Set(
    routes
      .filter(({ kinds }) => kinds.some((one) => one === kind))
      .map(({ destination }) => destination),
  );
  const untold = fallback.filter(
    ({ destination, kinds }) => !told.has(destination) && kinds.some((one) => one === kind),
  );
  return { ...manner, delivery, ...(untold.length === 0 ? {} : { fallback: untold }) };
}
