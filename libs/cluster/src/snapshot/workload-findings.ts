import type { SnapshotRequest } from '@fairlead/contracts';
import { canaryName, isOurs } from '../labels.ts';
import type { AutoscalerView, Workload } from '../objects.ts';
import { managerOf } from './managed.ts';
import { finding } from './traffic.ts';
import type { Finding } from './traffic.ts';

/** What speaks against a Kubernetes Deployment itself. */
export function workloadFindings(
  request: Pick<SnapshotRequest, 'type' | 'traffic' | 'allowManaged' | 'namespace'>,
  {
    workload,
    canary,
    primary,
    autoscaler,
  }: {
    readonly workload: Workload;
    readonly canary: Workload | undefined;
    readonly primary: Workload | undefined;
    readonly autoscaler: AutoscalerView | undefined;
  },
): Finding[] {
  const { type, traffic, namespace } = request;
  const where = `Kubernetes Deployment ${workload.name} in ${namespace}`;
  const found: Finding[] = [];
  if (workload.paused) {
    found.push(
      finding('workload-paused', `${where} is paused; \`kubectl rollout resume\` it first`),
    );
  }
  const manager = managerOf(workload, primary);
  if (manager !== undefined && !request.allowManaged) {
    found.push(
      finding(
        'workload-managed',
        `${where} is managed by ${manager}, which would undo this; set allow_managed: true to deploy all the same`,
      ),
    );
  }
  if (type !== 'canary') return found;
  if (canary !== undefined && !isOurs(canary.labels)) {
    const name = canaryName(workload.name);
    found.push(
      finding(
        'workload-managed',
        `Kubernetes Deployment ${name} in ${namespace} is not Fairlead's; rename it or delete it`,
      ),
    );
  }
  if (workload.strategy === 'Recreate') {
    found.push(
      finding(
        'strategy-unsupported',
        `${where} has the strategy Recreate, so promotion would take all its pods away at once; use RollingUpdate, or type rolling`,
      ),
    );
  }
  if (workload.replicas === 0) {
    found.push(
      finding(
        'strategy-unsupported',
        `${where} has 0 replicas, so there is no traffic to share; scale it up, or use type rolling`,
      ),
    );
  }
  if (autoscaler !== undefined && traffic.router === 'replicas') {
    found.push(
      finding(
        'autoscaler-unsupported',
        `the replicas of ${where} belong to the autoscaler ${autoscaler.name}, and router replicas ` +
          'would have to write them; use router gateway-api, or type rolling',
      ),
    );
  }
  return found;
}

/** What is not built yet is refused by name, not tried. */
export function unsupported({ type, traffic }: SnapshotRequest): Finding[] {
  if (type === 'blue-green') {
    return [
      finding('type-unsupported', 'type blue-green is not supported yet; use canary or rolling'),
    ];
  }
  if (type === 'canary' && traffic.router === 'nginx') {
    return [
      finding('type-unsupported', 'router nginx is not supported yet; use gateway-api or replicas'),
    ];
  }
  return [];
}
