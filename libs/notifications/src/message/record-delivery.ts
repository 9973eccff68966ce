import type {
  Delivery,
  DeploymentEvent,
  DeploymentRecord,
  NotifiedKind,
} from '@fairlead/contracts';
import { eventTypeOf } from '@fairlead/domain';

/** What a run told of this kind, or would have: one that it did not come to is put at its end, in a word of our own. */
export function recordDelivery(
  record: DeploymentRecord,
  { kind, destination }: { readonly kind: NotifiedKind; readonly destination: string },
): Delivery {
  const { events, deliveries: _d, left: _l, steps: _s, ...facts } = record;
  const event = events.findLast((one) => one.kind === kind) ?? wouldBe(kind, record);
  return { key: `${event.id}/${destination}`, destination, event, facts };
}

function wouldBe(kind: NotifiedKind, record: DeploymentRecord): DeploymentEvent {
  return {
    id: `${record.deploymentId}/${kind}`,
    type: eventTypeOf(kind),
    kind,
    at: record.finishedAt ?? record.startedAt,
    message: 'an example: the run did not come to this',
  };
}
