import { createClusterActivities } from '@fairlead/cluster';
import { createKubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { KubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { IssueReport, MendRequest } from '@fairlead/contracts';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import {
  createRecordingDeliveries,
  remediationPolicyOf,
  reportIssue,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { createRemediationActivities } from '../activities.ts';

/** Two connections, so that the audit log tells who wrote. */
export const WRITERS = { deploying: 'fairlead', mending: 'other' };

/** Real workflows and real activities over a real control plane; a target is a namespace and its application. */
export interface WorkflowStage {
  readonly plane: KubernetesHarness<KubernetesCluster>;
  readonly harness: WorkflowHarness;
  /** In which targets may be mended. */
  createNamespace(): Promise<string>;
  /** Answers with the outcome. */
  deploy(namespace: string, image: string): Promise<string>;
  report(
    namespace: string,
    seen: Pick<IssueReport, 'kind' | 'pod' | 'reason'>,
  ): Promise<'taken' | 'refused'>;
  stop(): Promise<void>;
}

/** `beforeMend` is awaited right before the write of an action. Nothing but the attempts bounds what is done. */
export async function startRemediationStage(
  beforeMend: (request: MendRequest) => Promise<void>,
): Promise<WorkflowStage> {
  const plane = await startKubernetesHarness((kubeconfig) =>
    createKubernetesCluster({ kubeconfig }),
  );
  const mender = createKubernetesCluster({ kubeconfig: plane.server.kubeconfigs.other });
  const remediation = createRemediationActivities({ cluster: mender });
  const namespaces: string[] = [];
  const { ladders } = remediationPolicyOf();
  const policy = remediationPolicyOf({
    ...{ namespaces, cooldownMs: 0, maxAttempts: 100, verifyForMs: 100 },
    // A deployment over a restart that does not come up waits for it until its deadline: seldom is enough.
    ladders: { ...ladders, pod_crash: ['restart_pod', 'restart_pod', 'restart_deployment'] },
    limits: { targetsAtOnce: 1_000, actionsPerHour: 100_000 },
  });
  const harness = await startWorkflowHarness(
    {
      ...createClusterActivities({ cluster: plane.cluster }),
      ...remediation,
      async clusterMend(request) {
        await beforeMend(request);
        return remediation.clusterMend(request);
      },
      ...createRecordingDeliveries(),
      remediationPolicy: () => Promise.resolve(policy),
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['chat'] },
  );
  return {
    plane,
    harness,
    async createNamespace() {
      const namespace = await plane.createNamespace();
      namespaces.push(namespace);
      return namespace;
    },
    async deploy(namespace, image) {
      const components = [{ name: 'api', workload: 'api', image, after: [] }];
      const place = { namespace, application: namespace };
      await harness.request(requestOf(`d-${namespace}`, { ...place, components }));
      const { outcome } = await harness.result(`d-${namespace}`);
      return outcome;
    },
    report(namespace, seen) {
      const place = { environment: 'staging', application: namespace, cluster: 'default' };
      const from = { source: 'watcher', actor: 'watcher' } as const;
      const report = { ...place, namespace, workload: 'api', ...from, ...seen };
      return reportIssue(harness.client, report).then(
        () => 'taken',
        () => 'refused',
      );
    },
    async stop() {
      await harness.stop();
      mender.close();
      await plane.stop();
    },
  };
}
