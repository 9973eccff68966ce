import { OLD_IMAGE } from '@fairlead/testing/e2e';
import type { ClusterStage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';

/** Of the specification's samples. */
export const NAMESPACE = 'varai-staging';
const POD = 'api-123456-abcde';
const HASH = '123456';

interface Pod {
  readonly metadata: { readonly ownerReferences?: readonly { readonly kind: string }[] };
}

/**
 * What the samples act on, on a real control plane: Kubernetes Deployments `web`, and `api` with a pod of the very name
 * in a crash loop. The ReplicaSet takes in the pod that carries its labels, and the Kubernetes Deployment the ReplicaSet.
 */
export async function seedSampleTarget({ cluster, fixtures }: ClusterStage): Promise<void> {
  const labels = { app: 'api', 'pod-template-hash': HASH };
  const spec = { nodeName: 'node-0', containers: [{ name: 'api', image: OLD_IMAGE }] };
  await cluster.kubectl(['create', 'namespace', NAMESPACE]);
  await fixtures.create('pods', NAMESPACE, { metadata: { name: POD, labels }, spec });
  await create(cluster, 'ReplicaSet', {
    metadata: { name: `api-${HASH}`, namespace: NAMESPACE, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  });
  await waitFor(
    async () => {
      const pod = await fixtures.get<Pod>('pods', NAMESPACE, POD);
      return pod.metadata.ownerReferences?.some(({ kind }) => kind === 'ReplicaSet');
    },
    { deadlineMs: 60_000, what: `pod ${POD} to be taken in` },
  );
  await create(cluster, 'Deployment', {
    metadata: { name: 'api', namespace: NAMESPACE },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'api' } },
      template: { metadata: { labels: { app: 'api' } }, spec },
    },
  });
  await fixtures.seedWorkload({
    ...{ namespace: NAMESPACE, name: 'web', image: 'registry.test/web:1', replicas: 4 },
  });
  await fixtures.waitForAvailable(NAMESPACE, 'api');
  await fixtures.crashPod(NAMESPACE, POD);
}

async function create(
  { kubectl }: ClusterStage['cluster'],
  kind: string,
  object: object,
): Promise<void> {
  await kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'apps/v1', kind, ...object }));
}

export async function removeSampleTarget({ cluster }: ClusterStage): Promise<void> {
  await cluster.kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
}
