import type { Delivery, NotifiedKind, OpenDelivery, RedeliveryInput } from '@fairlead/contracts';
import { mannerOf } from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';

interface TestRequest {
  readonly testId: string;
  readonly destinations: readonly Destination[];
  /** Only in the messages' words. */
  readonly environment: string;
  readonly actor: string;
  readonly at: Date;
}

/** In place of an application: no incident of a real target is touched. */
const APPLICATION = 'notify-test';

/** One marked message for each destination; where it opens an incident, a second one closes it. Pure. */
export function testMessages(request: TestRequest): RedeliveryInput {
  const open = request.destinations.flatMap((destination) =>
    kindsFor(destination).map((kind) => openDelivery(destination, kind, request)),
  );
  return { deploymentId: request.testId, open };
}

function kindsFor({ kinds, closes = [] }: Destination): readonly NotifiedKind[] {
  const [end] = closes;
  if (end !== undefined) return ['deployment-failed', end];
  return kinds.includes('deployment-started') ? ['deployment-started'] : kinds.slice(0, 1);
}

function openDelivery(
  destination: Destination,
  kind: NotifiedKind,
  request: TestRequest,
): OpenDelivery {
  return { ...mannerOf(destination), delivery: delivery(destination.name, kind, request) };
}

function delivery(
  destination: string,
  kind: NotifiedKind,
  { testId, environment, actor, at }: TestRequest,
): Delivery {
  const id = `${testId}/${kind}`;
  const time = at.toISOString();
  return {
    key: `${id}/${destination}`,
    destination,
    event: {
      ...{ id, kind, mark: 'test', at: time },
      message: `a test message, asked for by ${actor}; nothing happened`,
    },
    facts: {
      ...{ deploymentId: testId, environment, application: APPLICATION },
      ...{ namespace: 'none', cluster: 'none', type: 'rolling', kind: 'deploy', phase: 'planned' },
      ...{ step: 0, weight: 0, components: [], actor, startedAt: time, warnings: [], drift: [] },
    },
  };
}
