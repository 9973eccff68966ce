import { Context } from '@temporalio/activity';
import type {
  ConfirmationActivities,
  Delivery,
  DeliveryActivities,
  Manner,
  NotifiedKind,
  Receipt,
  Road,
  Route,
  SettingsActivities,
  SettingsSnapshot,
} from '@fairlead/contracts';
import { NOTIFIED_KINDS } from '@fairlead/contracts';

type OtherAnswer = Pick<Receipt, 'state' | 'heldUntil'>;

export interface RecordingDeliveries
  extends DeliveryActivities, ConfirmationActivities, SettingsActivities {
  /** Part of the next snapshot of the settings. */
  progress: SettingsSnapshot['progress'];
  readonly sent: Delivery[];
  /** Kinds that a destination was sent, in order. */
  kindsTo(destination: string): NotifiedKind[];
  /** Decides what becomes of a delivery: throw, hang, let pass (undefined), or be another answer, `OtherAnswer`. */
  before: (delivery: Delivery) => Promise<unknown>;
}

/** Destinations that write down what they are sent. Settings route every kind to each, and none to the fallback. */
export function createRecordingDeliveries(
  destinations: Readonly<Record<string, Road | Manner>> = { mail: 'keyed', chat: 'paced' },
  fallback?: string,
): RecordingDeliveries {
  const routes: Route[] = Object.entries(destinations).map(([destination, manner]) => ({
    destination,
    ...(typeof manner === 'string' ? { road: manner } : manner),
    kinds: NOTIFIED_KINDS,
  }));
  const isFallback = ({ destination }: Route) => destination === fallback;
  const settings = {
    routes: routes.filter((route) => !isFallback(route)),
    fallback: routes.filter(isFallback),
  };
  const sent: Delivery[] = [];

  async function take(delivery: Delivery): Promise<Receipt> {
    const other = (await untilShutdown(deliveries.before(delivery))) as OtherAnswer | undefined;
    if (other === undefined) sent.push(delivery);
    return { ...receiptOf(delivery), ...other };
  }

  const deliveries: RecordingDeliveries = {
    sent,
    before: () => Promise.resolve(),
    kindsTo: (destination) =>
      sent
        .filter((delivery) => delivery.destination === destination)
        .map(({ event }) => event.kind as NotifiedKind),
    progress: undefined,
    settingsSnapshot: () => {
      const { progress } = deliveries;
      return Promise.resolve({ ...settings, ...(progress === undefined ? {} : { progress }) });
    },
    deliverBatch: async (request) =>
      Promise.all(
        request.deliveries.map(async (delivery) => {
          try {
            return { key: delivery.key, receipt: await take(delivery) };
          } catch (error) {
            return { key: delivery.key, failed: String(error) };
          }
        }),
      ),
    deliverOne: ({ delivery }) => take(delivery),
    remediationPolicy: () => Promise.resolve(null),
    confirmDelivery: () => Promise.resolve(null),
  };
  return deliveries;
}

/** A destination that hangs must not hold the worker of a test that has ended. */
function untilShutdown<Result>(work: Promise<Result>): Promise<Result> {
  return Promise.race([work, Context.current().cancelled]);
}

function receiptOf({ key, destination, event }: Delivery): Receipt {
  return { key, destination, state: 'accepted', attempts: 1, at: event.at };
}
