import type { Delivery, DeploymentEvent, MessageFacts } from '@fairlead/contracts';
import type { Alert } from '../alerts/alert.ts';
import { PANEL_KINDS } from '../dashboards/dashboard.ts';
import type { Dashboard, Panel } from '../dashboards/dashboard.ts';
import type { Content } from '../content.ts';

/** A panel for tests; say only what the test is about. */
export function aPanel(over: Partial<Panel> = {}): Panel {
  return {
    id: 'success-rate',
    title: 'Success rate',
    kind: 'stat',
    unit: 'ratio',
    place: { x: 0, y: 0, width: 3, height: 4 },
    prometheus: [{ expression: 'up{environment=~"$environment"}', instant: true }],
    ...over,
  };
}

/** One panel of each kind. */
export function aDashboard(over: Partial<Dashboard> = {}): Dashboard {
  return {
    uid: 'deployment-metrics',
    title: 'Deployment Metrics',
    description: 'How deployments went.',
    panels: PANEL_KINDS.map((kind, index) =>
      aPanel({
        id: kind,
        kind,
        title: `Panel ${kind}`,
        place: { x: 0, y: index * 8, width: 12, height: 8 },
        thresholds: [{ color: 'red' }, { from: 0.9, color: 'yellow' }],
        ...(kind === 'events' || kind === 'alerts' ? { prometheus: [] } : {}),
      }),
    ),
    ...over,
  };
}

export function anAlert(over: Partial<Alert> = {}): Alert {
  return {
    id: 'deployment-failure',
    title: 'Deployment Failure',
    severity: 'critical',
    summary: 'Deployment of {{application}} in {{environment}} failed',
    description: 'Look at {{ application }} first.',
    runbook: 'a-deployment-failed',
    labels: ['environment', 'application', 'type'],
    prometheus: { expression: 'time() - max by (environment) (finished) < 300' },
    datadog: { query: 'sum(last_5m):x > 0', threshold: 0, priority: 1 },
    ...over,
  };
}

/** Two dashboards and four rules, as many as there are of the real ones where it matters. */
export function someContent(): Content {
  return {
    dashboards: [
      aDashboard(),
      aDashboard({ uid: 'deployment-alerts', title: 'Deployment Alerts', panels: [aPanel()] }),
    ],
    alerts: [
      anAlert(),
      anAlert({ id: 'long-running-deployment', title: 'Long-Running Deployment' }),
      anAlert({ id: 'failed-rollback', title: 'Failed Rollback' }),
      anAlert({
        id: 'canary-deployment-issue',
        title: 'Canary Deployment Issue',
        severity: 'warning',
        prometheus: { expression: 'min(healthy) == 0', keepFiringFor: '5m' },
      }),
    ],
  };
}

interface Parts {
  readonly event?: Partial<DeploymentEvent>;
  readonly facts?: Partial<MessageFacts>;
}

/** A delivery for tests; its ID follows the kind, as in a run. */
export function aDelivery({ event, facts }: Parts = {}): Delivery {
  const kind = event?.kind ?? 'deployment-started';
  const deploymentId = facts?.deploymentId ?? 'd-1';
  const id = event?.id ?? `${deploymentId}/${kind}`;
  return {
    key: `${id}/grafana`,
    destination: 'grafana',
    event: {
      id,
      type: 'status',
      kind,
      at: '2026-01-02T03:04:05.000Z',
      message: 'canary of api begins',
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
      phase: 'deploying',
      step: 0,
      weight: 0,
      components: [],
      actor: 'kim',
      startedAt: '2026-01-02T03:04:05.000Z',
      warnings: [],
      drift: [],
      ...facts,
    },
  };
}
