import type { Delivery, DeploymentEvent, MessageFacts } from '@fairlead/contracts';

interface Parts {
  readonly event?: Partial<DeploymentEvent>;
  readonly facts?: Partial<MessageFacts>;
}

/** A delivery of a canary deployment's failure; say only what the test is about. */
export function aDelivery({ event, facts }: Parts = {}): Delivery {
  const deploymentId = facts?.deploymentId ?? 'd-1';
  const kind = event?.kind ?? 'deployment-failed';
  const id = event?.id ?? `${deploymentId}/${kind}`;
  return {
    key: `${id}/alertmanager`,
    destination: 'alertmanager',
    event: {
      id,
      type: 'failure',
      kind,
      at: '2026-01-02T03:04:05.678Z',
      message: 'it fails',
      ...event,
    },
    facts: {
      deploymentId,
      environment: 'staging',
      application: 'shop',
      namespace: 'shop-staging',
      cluster: 'default',
      type: 'canary',
      kind: 'deploy',
      phase: 'canary',
      step: 1,
      weight: 10,
      components: [],
      actor: 'kim',
      startedAt: '2026-01-02T03:00:00.000Z',
      warnings: [],
      drift: [],
      ...facts,
    },
  };
}
