import type { Delivery, DeploymentEvent, MessageFacts } from '@fairlead/contracts';

interface Parts {
  readonly destination?: string;
  readonly event?: Partial<DeploymentEvent>;
  readonly facts?: Partial<MessageFacts>;
}

/** A delivery for tests; say only what the test is about. */
export function aDelivery({ destination = 'inbox-mail', event, facts }: Parts = {}): Delivery {
  const id = event?.id ?? 'd-1/1';
  return {
    key: `${id}/${destination}`,
    destination,
    event: {
      id,
      type: 'status',
      kind: 'deployment-started',
      at: '2026-01-02T03:04:05.000Z',
      message: 'canary of api begins',
      ...event,
    },
    facts: {
      deploymentId: 'd-1',
      environment: 'staging',
      application: 'shop',
      namespace: 'shop-staging',
      cluster: 'default',
      type: 'canary',
      kind: 'deploy',
      phase: 'deploying',
      step: 0,
      weight: 0,
      components: [
        {
          name: 'api',
          image: 'registry.example.com/shop/api:2.4.1',
          previousImage: 'registry.example.com/shop/api:2.4.0',
          phase: 'deploying',
        },
      ],
      actor: 'kim',
      startedAt: '2026-01-02T03:04:05.000Z',
      warnings: [],
      drift: [],
      ...facts,
    },
  };
}
