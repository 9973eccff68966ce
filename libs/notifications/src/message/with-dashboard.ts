import type { MessageFacts } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import type { Told } from '../templates/told.ts';

/** Address of the dashboard that shows a target. */
export type DashboardLink = (target: Pick<MessageFacts, 'environment' | 'application'>) => string;

/** A destination whose messages lead to the dashboard too. */
export function withDashboard(destination: Destination, linkOf: DashboardLink): Destination {
  const { preview } = destination;
  const linked = (delivery: Told): Told => ({ ...delivery, dashboard: linkOf(delivery.facts) });
  return {
    ...destination,
    ...(preview && { preview: (delivery) => preview(linked(delivery)) }),
    send: (delivery, signal) => destination.send(linked(delivery), signal),
  };
}
