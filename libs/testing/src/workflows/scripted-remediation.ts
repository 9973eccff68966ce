import type {
  AttemptResult,
  IssueSubject,
  MendRequest,
  RemediationActivities,
  RemediationPolicy,
  WorkloadHealth,
} from '@fairlead/contracts';

export interface ScriptedRemediation {
  readonly activities: RemediationActivities;
  /** What was written, oldest first. */
  readonly mends: MendRequest[];
  /** What becomes of the next attempts; then of all others, `helped`. */
  results: AttemptResult[];
  /** Whose any pod is that is reported; else it is told by its name. */
  subject: IssueSubject | undefined;
  /** Awaited before a verification ends. */
  beforeVerified: () => Promise<void>;
}

const SICK: WorkloadHealth = {
  ...{ replicas: 2, ready: 1, restarts: 3, healthy: false },
  words: 'api-1: CrashLoopBackOff',
};
const WELL: WorkloadHealth = { replicas: 2, ready: 2, restarts: 0, healthy: true, words: '' };

/** A cluster whose workloads are mended, or not, as told. */
export function createScriptedRemediation(): ScriptedRemediation {
  const scripted: ScriptedRemediation = {
    mends: [],
    results: [],
    subject: undefined,
    beforeVerified: () => Promise.resolve(),
    activities: {
      clusterSubject: ({ pod, workload }) =>
        Promise.resolve(
          scripted.subject ?? {
            workload: workload ?? pod?.split('-')[0] ?? '',
            ...(pod === undefined ? {} : { pod }),
          },
        ),
      clusterInspect({ action, workload, pod = `${workload}-1`, scale }) {
        const [result] = scripted.results;
        if (result === 'healthy') {
          scripted.results.shift();
          return Promise.resolve({ before: WELL, healthy: true });
        }
        if (result === 'refused') {
          scripted.results.shift();
          return Promise.resolve({ before: SICK, refused: 'a quota stands in the way' });
        }
        const uid = `uid-of-${workload}`;
        const mend =
          action === 'restart_pod'
            ? ({ action, pod, uid, evict: false } as const)
            : action === 'restart_deployment'
              ? ({ action, workload, uid } as const)
              : ({ action, workload, uid, from: 2, to: 2 + scale.step } as const);
        return Promise.resolve({ before: SICK, mend });
      },
      clusterMend(request) {
        scripted.mends.push(request);
        return Promise.resolve({ done: `did ${request.mend.action}` });
      },
      async clusterVerify() {
        await scripted.beforeVerified();
        const helped = (scripted.results.shift() ?? 'helped') === 'helped';
        return helped
          ? { helped, detail: 'healthy for 60 s', after: WELL }
          : { helped, detail: 'crashed again', after: SICK };
      },
    },
  };
  return scripted;
}

/** As shipped, with every action switched on. */
export function remediationPolicyOf(over: Partial<RemediationPolicy> = {}): RemediationPolicy {
  const pod = ['restart_pod', 'restart_deployment', 'scale_deployment'] as const;
  const whole = ['restart_deployment', 'scale_deployment'] as const;
  return {
    ...{ enabled: true, autoRemediate: true, maxAttempts: 3, cooldownMs: 300_000 },
    ...{ verifyForMs: 60_000, resetAfterMs: 3_600_000, approvalTimeoutMs: 3_600_000 },
    ladders: {
      ...{ pod_crash: pod, pod_pending: pod },
      ...{ deployment_stuck: whole, deployment_unavailable: whole },
      resource_constraint: ['scale_deployment'],
    },
    scale: { step: 1, maxReplicas: 10 },
    namespaces: ['shop-staging'],
    limits: { targetsAtOnce: 5, actionsPerHour: 20 },
    ...over,
  };
}
