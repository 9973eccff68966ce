import type { Cluster } from '@fairlead/cluster';
import type { WorkloadView } from '@fairlead/cluster/decisions';
import type { RemediationActivities, VerifyRequest } from '@fairlead/contracts';
import type { Info } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createRemediationActivities } from '../activities.ts';

/** Failures are what some tests are about; the SDK need not print each. */
const say = () => undefined;
const logger = { log: say, trace: say, debug: say, info: say, warn: say, error: say };

export const NAMESPACE = 'shop';
export const SCALE = { step: 1, maxReplicas: 10 };

export function environment(info: Partial<Info> = {}): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger });
}

/** The activities as a worker runs them, each in an environment of its own. */
export function createRunner(
  cluster: Cluster,
  { now = Date.now, where = environment }: { now?: () => number; where?: typeof environment } = {},
): RemediationActivities {
  const activities = createRemediationActivities({ cluster, now });
  const inside = <A, R>(activity: (request: A) => Promise<R>) => {
    return (request: A) => where().run<[A], R, (one: A) => Promise<R>>(activity, request);
  };
  return {
    clusterSubject: inside(activities.clusterSubject.bind(activities)),
    clusterInspect: inside(activities.clusterInspect.bind(activities)),
    clusterMend: inside(activities.clusterMend.bind(activities)),
    clusterVerify: inside(activities.clusterVerify.bind(activities)),
  };
}

/** The first view that is as wanted. */
export function seen(
  cluster: Cluster,
  isWanted: (view: WorkloadView) => boolean,
  at = { namespace: NAMESPACE, name: 'api' },
): Promise<WorkloadView> {
  return new Promise((resolve) => {
    const watching = cluster.observeWorkload(at, (sight) => {
      if (!sight.fresh || sight.value === undefined || !isWanted(sight.value)) return;
      watching.close();
      resolve(sight.value);
    });
  });
}

/** Of a restart that was made just now. */
export function verifyRequest(over: Partial<VerifyRequest> = {}): VerifyRequest {
  return {
    ...{ namespace: NAMESPACE, workload: 'api', forMs: 50, withinMs: 60_000 },
    mend: { action: 'restart_deployment', workload: 'api', uid: 'any' },
    at: new Date().toISOString(),
    ...over,
  };
}
