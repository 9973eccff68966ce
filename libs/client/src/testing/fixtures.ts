import type { DeploymentRecord } from '@fairlead/contracts';

/** A canary at its second step, for tests of what is shown. */
export function aRecord(changes: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    deploymentId: '20261125-043312-x7k2qp',
    environment: 'staging',
    application: 'shop',
    namespace: 'shop-staging',
    cluster: 'default',
    type: 'canary',
    kind: 'deploy',
    phase: 'canary',
    step: 2,
    steps: [
      { kind: 'weight', weight: 10 },
      { kind: 'pause', durationMs: 300_000 },
      { kind: 'approval' },
    ],
    weight: 10,
    components: [
      {
        name: 'api',
        image: 'shop/api:2',
        previousImage: 'shop/api:1',
        phase: 'canary',
        realWeight: 25,
      },
    ],
    actor: 'alice',
    startedAt: '2026-11-25T04:33:12.000Z',
    warnings: [],
    left: [],
    drift: [],
    events: [
      {
        id: '20261125-043312-x7k2qp/1',
        type: 'status',
        kind: 'deployment-started',
        at: '2026-11-25T04:33:12.000Z',
        message: 'shop to staging by alice',
      },
      {
        id: '20261125-043312-x7k2qp/2',
        type: 'canary',
        kind: 'canary-started',
        at: '2026-11-25T04:33:13.000Z',
        message: '10 % of api',
      },
    ],
    deliveries: [],
    ...changes,
  };
}

/** Four minutes and five seconds after `aRecord` began. */
export const NOW_MS = Date.parse('2026-11-25T04:37:17.000Z');
