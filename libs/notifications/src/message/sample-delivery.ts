import type {
  ComponentPhase,
  Delivery,
  DeploymentEvent,
  IssueView,
  MessageFacts,
  NotifiedKind,
} from '@fairlead/contracts';
import { eventTypeOf } from '@fairlead/domain';

export interface SampleOverrides {
  /** Default: `sample`. */
  readonly destination?: string;
  /** Default: `staging`. */
  readonly environment?: string;
  readonly event?: Partial<DeploymentEvent>;
  readonly facts?: Partial<MessageFacts>;
}

const DEPLOYMENT_ID = '20260102-030405-k7m2qp';
const STARTED_AT = '2026-01-02T03:04:05.000Z';
const REASON = 'api-canary-5d9c7-x2x4k/api: CrashLoopBackOff: exit code 1';

interface Moment {
  readonly at: string;
  readonly message: string;
  readonly phase: MessageFacts['phase'];
  readonly weight: number;
  readonly component: ComponentPhase;
  readonly error?: MessageFacts['error'];
}

const FAILURE: MessageFacts['error'] = {
  type: 'CrashLoopBackOff',
  message: REASON,
  doom: {
    component: 'api',
    workload: 'api-canary',
    side: 'canary',
    reason: 'CrashLoopBackOff',
    message: REASON,
    since: '2026-01-02T03:09:10.000Z',
    pod: 'api-canary-5d9c7-x2x4k',
    lastLogLine: 'config: DATABASE_URL is not set',
  },
};

const REMEDIATED = {
  at: '2026-01-02T03:20:10.000Z',
  phase: 'planned',
  weight: 0,
  component: 'done',
} as const;

/** Where a run is when it tells of each kind. The three of a failure are of one run, the others of one that goes well. */
const MOMENTS: Readonly<Record<NotifiedKind, Moment>> = {
  'deployment-started': {
    at: STARTED_AT,
    message: 'canary of api, web begins',
    phase: 'deploying',
    weight: 0,
    component: 'waiting',
  },
  'canary-started': {
    at: '2026-01-02T03:04:35.000Z',
    message: 'the canary takes 10 %',
    phase: 'canary',
    weight: 10,
    component: 'canary',
  },
  'canary-completed': {
    at: '2026-01-02T03:14:35.000Z',
    message: 'every step passed',
    phase: 'promoting',
    weight: 50,
    component: 'canary',
  },
  'canary-promoted': {
    at: '2026-01-02T03:15:20.000Z',
    message: 'stable runs the new version',
    phase: 'baking',
    weight: 0,
    component: 'done',
  },
  'deployment-completed': {
    at: '2026-01-02T03:25:20.000Z',
    message: 'all components are done',
    phase: 'baking',
    weight: 0,
    component: 'done',
  },
  'deployment-failed': {
    at: '2026-01-02T03:09:10.000Z',
    message: REASON,
    phase: 'canary',
    weight: 10,
    component: 'canary',
    error: FAILURE,
  },
  'rollback-initiated': {
    at: '2026-01-02T03:09:10.000Z',
    message: REASON,
    phase: 'rolling-back',
    weight: 10,
    component: 'canary',
    error: FAILURE,
  },
  'rollback-completed': {
    at: '2026-01-02T03:09:40.000Z',
    message: REASON,
    phase: 'rolling-back',
    weight: 0,
    component: 'restored',
    error: FAILURE,
  },
  'remediation-proposed': {
    ...REMEDIATED,
    message: 'restart_pod is proposed for pod_crash/api',
  },
  'remediation-attempted': {
    ...REMEDIATED,
    message: 'restart_pod: not-helped: deleted pod api-5d9c7-x2x4k; it crashed again',
  },
  'remediation-given-up': {
    ...REMEDIATED,
    message: '3 of 3 attempts made, and it is not mended',
  },
};

const ISSUE: IssueView = {
  ...{ key: 'pod_crash/api', kind: 'pod_crash', namespace: 'shop-staging', cluster: 'default' },
  ...{ workload: 'api', pod: 'api-5d9c7-x2x4k', source: 'watcher', actor: 'watcher' },
  reason: 'api-5d9c7-x2x4k/api: CrashLoopBackOff: exit code 1',
  ...{ state: 'given-up', openedAt: STARTED_AT, reportedAt: STARTED_AT },
  attempts: [
    {
      ...{ number: 7, action: 'restart_pod', at: '2026-01-02T03:06:05.000Z', result: 'not-helped' },
      detail: 'deleted pod api-5d9c7-x2x4k; it crashed again',
    },
  ],
};

/** A message of this kind with every fact that it can have, for a look at what people get. The same at every call. */
export function sampleDelivery(kind: NotifiedKind, overrides: SampleOverrides = {}): Delivery {
  const { destination = 'sample', environment = 'staging', event, facts } = overrides;
  const { at, message, phase, weight, component, error } = MOMENTS[kind];
  const id = event?.id ?? `${DEPLOYMENT_ID}/${kind}`;
  return {
    key: `${id}/${destination}`,
    destination,
    event: { id, type: eventTypeOf(kind), kind, at, message, ...event },
    facts: {
      deploymentId: DEPLOYMENT_ID,
      environment,
      application: 'shop',
      ...{ namespace: `shop-${environment}`, cluster: 'default', type: 'canary', kind: 'deploy' },
      phase,
      step: 1,
      weight,
      components: ['api', 'web'].map((name) => ({
        name,
        image: `registry.example.com/shop/${name}:2.4.1`,
        previousImage: `registry.example.com/shop/${name}:2.4.0`,
        phase: component,
      })),
      actor: 'kim',
      reason: 'the summer sale begins',
      ci: {
        provider: 'GitHub Actions',
        url: 'https://github.com/example/shop/actions/runs/7',
        commit: '9f8e7d6c5b4a',
      },
      startedAt: STARTED_AT,
      ...(error === undefined ? {} : { error }),
      warnings: [],
      drift: [],
      ...(kind.startsWith('remediation-') && { deploymentId: ISSUE.key, issue: ISSUE }),
      ...facts,
    },
  };
}
