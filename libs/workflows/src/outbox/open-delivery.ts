import type { Delivery, OpenDelivery, Route } from '@fairlead/contracts';

/** A delivery with what its route says of how it goes. The fallback is not told twice. */
export function openDelivery(
  { destination: _destination, kinds: _kinds, ...manner }: Route,
  delivery: Delivery,
  {
    routes,
    fallback,
  }: { readonly routes: readonly Route[]; readonly fallback?: Route | undefined },
): OpenDelivery {
  const isToldAnyway = routes.some(
    ({ destination, kinds }) =>
      destination === fallback?.destination && kinds.some((kind) => kind === delivery.event.kind),
  );
  return {
    ...manner,
    delivery,
    ...(fallback === undefined || isToldAnyway ? {} : { fallback }),
  };
}
