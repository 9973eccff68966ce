import { AdapterError } from '@fairlead/contracts';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import type { Access, Cluster } from './port.ts';
import {
  ALL_ACCESS,
  isSame,
  neededAccess,
  OF_REMEDIATION,
  permissionMessage,
} from './snapshot/permissions.ts';

type Asked = Pick<Cluster, 'mayI' | 'version'>;

/** Whether it answers, and whether a deployment's verbs are allowed in each namespace. Writes nothing. */
export async function checkCluster(
  { cluster: name, namespaces }: ClusterPlace,
  cluster: Asked,
): Promise<readonly Check[]> {
  return Promise.all(
    namespaces.map(async (namespace) => {
      const at = `cluster ${name}, ${namespace}`;
      try {
        const asked = [cluster.version(), deniedIn(namespace, cluster)] as const;
        const [version = 'it', denied] = await Promise.all(asked);
        return { name: at, ...judged(namespace, version, denied) };
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error;
        const mend = 'look at the API server, and at the worker’s kubeconfig or service account';
        return { name: at, state: 'fail', detail: error.message, mend } as const;
      }
    }),
  );
}

async function deniedIn(namespace: string, cluster: Asked): Promise<readonly Access[]> {
  const allowed = await Promise.all(ALL_ACCESS.map((access) => cluster.mayI(namespace, access)));
  return ALL_ACCESS.filter((_access, index) => allowed[index] === false);
}

function judged(
  namespace: string,
  version: string,
  denied: readonly Access[],
): Omit<Check, 'name'> {
  if (denied.length === 0) {
    return { state: 'ok', detail: `${version} answers, and allows what a deployment does` };
  }
  const mend = 'apply deploy/kubernetes/base/cluster-role.yaml and bind it there';
  const usual = denied.filter(isUsual);
  if (usual.length > 0) {
    return { state: 'fail', detail: permissionMessage(usual, namespace), mend };
  }
  const detail = `${permissionMessage(denied, namespace)}; ${whatFor(denied)}`;
  return { state: 'warn', detail, mend };
}

/** Of canaries by router `replicas`, and so of all that is usual. */
function isUsual(access: Access): boolean {
  return neededAccess({ type: 'canary', traffic: { router: 'replicas' } }).some((one) =>
    isSame(one, access),
  );
}

/** What is lost without those that not every deployment needs. */
function whatFor(denied: readonly Access[]): string {
  const losses = denied.map((access) => {
    if (OF_REMEDIATION.some((one) => isSame(one, access))) return 'only remediation needs it';
    const { resource } = access;
    if (resource === 'pods/log') return 'messages lack the last words of what crashed';
    return resource === 'configmaps' || resource === 'secrets'
      ? 'only templates that name one need it'
      : 'only router gateway-api needs it';
  });
  return [...new Set(losses)].join(', ');
}
