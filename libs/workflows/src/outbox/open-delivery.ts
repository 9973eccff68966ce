import type {
  Delivery,
  DeploymentEvent,
  OpenDelivery,
  Route,
  SettingsSnapshot,
} from '@fairlead/contracts';

/** Whether what happened goes this way. */
export function isToldBy(
  { kinds, failedRollbacks }: Route,
  { kind, mark }: Pick<DeploymentEvent, 'kind' | 'mark'>,
): boolean {
  return kinds.some((one) => one === kind) || (failedRollbacks === true && mark !== undefined);
}

/** A delivery with what its route says of how it goes. No fallback is told twice. */
export function openDelivery(
  { destination: _destination, kinds, failedRollbacks: _marked, monitoring, ...manner }: Route,
  routed: Delivery,
  { routes, fallback = [] }: SettingsSnapshot,
): OpenDelivery {
  const delivery = withCover(routed, kinds);
  if (monitoring === true) return { ...manner, delivery };
  const { event } = delivery;
  const told = new Set(
    routes.filter((route) => isToldBy(route, event)).map(({ destination }) => destination),
  );
  const untold = fallback.filter((route) => !told.has(route.destination) && isToldBy(route, event));
  return { ...manner, delivery, ...(untold.length === 0 ? {} : { fallback: untold }) };
}

/** A failure covers the rollback of the same moment only where it is told. */
function withCover(delivery: Delivery, kinds: Route['kinds']): Delivery {
  const isCovered =
    delivery.event.kind !== 'rollback-initiated' || kinds.includes('deployment-failed');
  return isCovered ? delivery : { ...delivery, uncovered: true };
}
