import { EVENT_TYPES } from '@fairlead/contracts';
import type { RemediationPolicy } from '@fairlead/contracts';
import type { WorkerSettings } from './worker-settings.ts';

/** Those of the example configuration, so that a program may name them; the inbox takes what any role would. */
const ROLES: WorkerSettings['roles'] = [
  { name: 'ops', channels: [], events: ['failure', 'rollback'] },
  { name: 'dev', channels: [], events: EVENT_TYPES },
];

/** Quick enough for a demo, and never more than a pod, or the pods of one Kubernetes Deployment. */
const POLICY: Omit<RemediationPolicy, 'namespaces'> = {
  enabled: true,
  autoRemediate: true,
  maxAttempts: 3,
  cooldownMs: 1_000,
  verifyForMs: 1_000,
  resetAfterMs: 60_000,
  approvalTimeoutMs: 60_000,
  ladders: {
    pod_crash: ['restart_pod', 'restart_deployment'],
    pod_pending: ['restart_pod', 'restart_deployment'],
    deployment_stuck: ['restart_deployment'],
    deployment_unavailable: ['restart_deployment'],
    resource_constraint: [],
  },
  scale: { step: 1, maxReplicas: 10 },
  limits: { targetsAtOnce: 5, actionsPerHour: 20 },
};

/** What needs no file: the inbox for people and for monitoring, and remediation in the environment's own namespaces. */
export function sandboxSettings(directory: string): WorkerSettings {
  return {
    channels: [
      { channel: 'inbox-mail', directory },
      { channel: 'inbox-chat', directory },
      { channel: 'inbox-monitoring', directory },
      { channel: 'log' },
    ],
    ...{ systems: [], showsProgress: false, provision: [], watched: [] },
    ...{ roles: ROLES, files: [], secretFiles: [], warnings: [] },
    remediation: (environment) => ({
      ...POLICY,
      namespaces: [environment, `varai-${environment}`],
    }),
  };
}
