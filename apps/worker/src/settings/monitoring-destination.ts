import type { MonitoringSystem } from '@fairlead/monitoring';
import type { Destination } from '@fairlead/notifications';

/** Events of deployments go to a monitoring system as messages go to people: over the outbox, with receipts. */
export function monitoringDestinations({ name, events }: MonitoringSystem): Destination[] {
  if (events === undefined) return [];
  return [
    {
      name,
      road: 'keyed',
      monitoring: true,
      kinds: events.kinds,
      send: (delivery, signal) => events.send(delivery, signal),
    },
  ];
}
