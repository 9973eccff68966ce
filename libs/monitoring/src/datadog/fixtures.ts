import type { Delivery, DeploymentEvent, MessageFacts } from '@fairlead/contracts';
import type { Alert } from '../alerts/alert.ts';
import { PANEL_KINDS } from '../dashboards/dashboard.ts';
import type { Dashboard, Panel } from '../dashboards/dashboard.ts';
import type { TargetState } from '@fairlead/contracts';

interface Parts {
  readonly event?: Partial<DeploymentEvent>;
  readonly facts?: Partial<MessageFacts>;
}

/** A delivery for tests; say only what the test is about. */
export function aDelivery({ event, facts }: Parts = {}): Delivery {
  const id = event?.id ?? 'd-1/1';
  return {
    key: `${id}/datadog`,
    destination: 'datadog',
    event: {
      id,
      type: 'status',
      kind: 'deployment-started',
      at: '2026-01-02T03:04:05.678Z',
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
        { name: 'api', image: 'registry.example.com/shop/api:2.4.1', phase: 'deploying' },
      ],
      actor: 'kim',
      startedAt: '2026-01-02T03:00:00.000Z',
      warnings: [],
      drift: [],
      ...facts,
    },
  };
}

export function aState(over: Partial<TargetState> = {}): TargetState {
  return {
    environment: 'staging',
    application: 'shop',
    totals: { deployments: {}, rollbacks: { succeeded: { count: 0 }, failed: { count: 0 } } },
    ...over,
  };
}

const COUNT = 'sum:fairlead.deployments{$environment,$application}.as_count()';

/** With a panel of every kind. */
export function aDashboard(over: Partial<Dashboard> = {}): Dashboard {
  return {
    uid: 'deployment-metrics',
    title: 'Deployment Metrics',
    description: 'How deployments go.',
    panels: PANEL_KINDS.map((kind, index) => aPanel({ id: kind, kind, place: placeOf(index) })),
    ...over,
  };
}

export function aPanel(over: Partial<Panel> = {}): Panel {
  return {
    id: 'success-rate',
    title: 'Success rate',
    kind: 'stat',
    unit: 'percent',
    place: placeOf(0),
    prometheus: [],
    datadog:
      over.kind === 'events'
        ? { queries: { events: 'source:deployment status:error' } }
        : { queries: { all: COUNT } },
    ...over,
  };
}

function placeOf(index: number) {
  return { x: (index % 2) * 6, y: Math.floor(index / 2) * 4, width: 6, height: 4 };
}

export function anAlert(over: Partial<Alert> = {}): Alert {
  return {
    id: 'deployment-failure',
    title: 'Deployment Failure',
    severity: 'critical',
    summary: 'A deployment of {{application}} to {{environment}} failed',
    description: 'See what it says of itself.',
    runbook: 'deployment-failure',
    labels: ['environment', 'application', 'type'],
    prometheus: { expression: 'vector(1)' },
    datadog: {
      query:
        'sum(last_5m):sum:fairlead.deployments{outcome:failed} by {environment,application,type}.as_count() > 0',
      threshold: 0,
      priority: 1,
    },
    ...over,
  };
}

/** As many as there are. */
export function fourAlerts(): readonly Alert[] {
  return [
    anAlert(),
    anAlert({
      id: 'long-running-deployment',
      title: 'Long-Running Deployment',
      severity: 'warning',
    }),
    anAlert({ id: 'failed-rollback', title: 'Failed Rollback' }),
    anAlert({ id: 'canary-issue', title: 'Canary Deployment Issue', severity: 'warning' }),
  ];
}
