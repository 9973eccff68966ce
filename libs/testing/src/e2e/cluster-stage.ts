import type { DeploymentPlan, DeploymentRequest } from '@fairlead/contracts';
import { createClusterFixtures } from '../cluster/index.ts';
import type { ClusterFixtures, WorkloadFixture } from '../cluster/index.ts';
import { joinTestCluster } from '../servers/index.ts';
import type { SharedCluster } from '../servers/index.ts';
import { requestOf } from '../workflows/index.ts';
import { startStage } from './stage.ts';
import type { Stage, StageOptions } from './stage.ts';

export const OLD_IMAGE = 'registry.test/api:1';
export const NEW_IMAGE = 'registry.test/api:2';
/** Name of the Service's HTTPRoute. */
export const ROUTE = 'shop';

/** A stage whose workers serve a real control plane, with the rights that we ship and no others. */
export interface ClusterStage extends Stage {
  readonly cluster: SharedCluster;
  readonly fixtures: ClusterFixtures;
  /** A namespace with the Kubernetes Deployment `api` on the old image, its Service and its route: a target of its own. */
  seedTarget(workload?: Partial<WorkloadFixture>): Promise<SeededTarget>;
}

export interface SeededTarget {
  readonly namespace: string;
  readonly application: string;
  /** A request for this target; its components are one `api` of the given image. */
  request(
    requestId: string,
    options?: { readonly image?: string; readonly plan?: Partial<DeploymentPlan> },
  ): DeploymentRequest;
}

export async function startClusterStage(options: StageOptions = {}): Promise<ClusterStage> {
  const cluster = await joinTestCluster();
  const fixtures = createClusterFixtures(cluster);
  await fixtures.grantFairlead();
  const stage = await startStage(() => ['--kubeconfig', cluster.kubeconfigs.fairlead], options);
  return {
    ...stage,
    cluster,
    fixtures,
    async seedTarget(workload = {}) {
      const namespace = await fixtures.createNamespace();
      await fixtures.seedWorkload({
        ...{ namespace, name: 'api', image: OLD_IMAGE, replicas: 10 },
        ...workload,
      });
      await fixtures.seedRoute({ namespace, name: ROUTE, service: 'api', weight: 100 });
      const place = { namespace, application: namespace };
      return {
        ...place,
        request: (requestId, { image = NEW_IMAGE, plan = {} } = {}) =>
          requestOf(requestId, {
            ...place,
            components: [{ name: 'api', workload: 'api', image, after: [] }],
            ...plan,
          }),
      };
    },
    async stop() {
      await stage.stop();
      fixtures.close();
      await cluster.stop();
    },
  };
}
