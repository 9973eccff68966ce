import { Context } from '@temporalio/activity';
import type {
  Delivery,
  DeliveryActivities,
  NotifiedKind,
  Receipt,
  Road,
  Route,
  SettingsActivities,
} from '@fairlead/contracts';
import { NOTIFIED_KINDS } from '@fairlead/contracts';

export interface RecordingDeliveries extends DeliveryActivities, SettingsActivities {
  readonly sent: Delivery[];
  /** Kinds that a destination was sent, in order. */
  kindsTo(destination: string): NotifiedKind[];
  /** Decides what becomes of a delivery: throw, hang, or let pass. */
  before: (delivery: Delivery) => Promise<void>;
}

/** Destinations that write down what they are sent. Settings route every kind to each. */
export function createRecordingDeliveries(
  destinations: Readonly<Record<string, Road>> = { mail: 'keyed', chat: 'paced' },
): RecordingDeliveries {
  const routes: Route[] = Object.entries(destinations).map(([destination, road]) => ({
    destination,
    road,
    kinds: NOTIFIED_KINDS,
  }));
  const sent: Delivery[] = [];
  const deliveries: RecordingDeliveries = {
    sent,
    before: () => Promise.resolve(),
    kindsTo: (destination) =>
      sent
        .filter((delivery) => delivery.destination === destination)
        .map(({ event }) => event.kind as NotifiedKind),
    settingsSnapshot: () => Promise.resolve({ routes }),
    deliverBatch: async (request) =>
      Promise.all(
        request.deliveries.map(async (delivery) => {
          try {
            await untilShutdown(deliveries.before(delivery));
          } catch (error) {
            return { key: delivery.key, failed: String(error) };
          }
          sent.push(delivery);
          return { key: delivery.key, receipt: receiptOf(delivery) };
        }),
      ),
    deliverOne: async ({ delivery }) => {
      await untilShutdown(deliveries.before(delivery));
      sent.push(delivery);
      return receiptOf(delivery);
    },
  };
  return deliveries;
}

/** A destination that hangs must not hold the worker of a test that has ended. */
function untilShutdown(work: Promise<void>): Promise<void> {
  return Promise.race([work, Context.current().cancelled]);
}

function receiptOf({ key, destination, event }: Delivery): Receipt {
  return { key, destination, state: 'accepted', attempts: 1, at: event.at };
}
