import { AdapterError } from '@fairlead/contracts';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import type { Access, Cluster } from './port.ts';
import { neededAccess, permissionMessage } from './snapshot/permissions.ts';

/** Whether it answers, and whether a deployment's verbs are allowed in each namespace. Writes nothing. */
export async function checkCluster(
  { cluster: name, namespaces }: ClusterPlace,
  cluster: Pick<Cluster, 'mayI'>,
): Promise<readonly Check[]> {
  return Promise.all(
    namespaces.map(async (namespace) => {
      const at = `cluster ${name}, ${namespace}`;
      try {
        return judged(at, namespace, await deniedIn(namespace, cluster));
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error;
        const mend = 'look at the API server, and at the worker’s kubeconfig or service account';
        return { name: at, state: 'fail', detail: error.message, mend } as const;
      }
    }),
  );
}

interface Denied {
  /** Of canaries by router `replicas`, and so of all that is usual. */
  readonly usual: readonly Access[];
  /** Only of the router `gateway-api`. */
  readonly routes: readonly Access[];
}

async function deniedIn(namespace: string, cluster: Pick<Cluster, 'mayI'>): Promise<Denied> {
  const usual = neededAccess({ type: 'canary', traffic: { router: 'replicas' } });
  const all = neededAccess({
    type: 'canary',
    traffic: { router: 'gateway-api', route: 'any' },
  });
  const allowed = await Promise.all(all.map((access) => cluster.mayI(namespace, access)));
  const denied = all.filter((_access, index) => allowed[index] === false);
  const isUsual = (access: Access) => usual.includes(access);
  return { usual: denied.filter(isUsual), routes: denied.filter((one) => !isUsual(one)) };
}

function judged(name: string, namespace: string, { usual, routes }: Denied): Check {
  const mend = 'apply deploy/kubernetes/cluster-role.yaml and bind it there';
  if (usual.length > 0) {
    return { name, state: 'fail', detail: permissionMessage(usual, namespace), mend };
  }
  if (routes.length > 0) {
    const detail = `${permissionMessage(routes, namespace)}; only router gateway-api needs it`;
    return { name, state: 'warn', detail, mend };
  }
  return { name, state: 'ok', detail: 'answers, and allows what a deployment does' };
}
