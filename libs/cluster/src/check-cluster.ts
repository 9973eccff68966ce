import { AdapterError } from '@fairlead/contracts';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import type { Access, Cluster } from './port.ts';
import {
  ALL_ACCESS,
  isSame,
  LEASE_ACCESS,
  named,
  neededAccess,
  OF_REMEDIATION,
  permissionMessage,
} from './snapshot/permissions.ts';

type Asked = Pick<Cluster, 'mayI' | 'version'>;

type Found = Omit<Check, 'name'>;

/**
 * Whether it answers, whether a deployment's verbs are allowed in each namespace, and those of the Lease where the
 * worker watches for issues. Writes nothing.
 */
export async function checkCluster(
  { cluster: name, namespaces }: ClusterPlace,
  cluster: Asked,
  leaseNamespace?: string,
): Promise<readonly Check[]> {
  const checks = namespaces.map((namespace) =>
    answered(`cluster ${name}, ${namespace}`, async () => {
      const asked = [cluster.version(), deniedIn(namespace, { cluster, of: ALL_ACCESS })] as const;
      const [version = 'it', denied] = await Promise.all(asked);
      return judged(namespace, version, denied);
    }),
  );
  if (leaseNamespace === undefined) return Promise.all(checks);
  const lease = answered(`cluster ${name}, Lease in ${leaseNamespace}`, async () =>
    judgedLease(leaseNamespace, await deniedIn(leaseNamespace, { cluster, of: LEASE_ACCESS })),
  );
  return Promise.all([...checks, lease]);
}

async function answered(name: string, look: () => Promise<Found>): Promise<Check> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const mend = 'look at the API server, and at the worker’s kubeconfig or service account';
    return { name, state: 'fail', detail: error.message, mend };
  }
}

async function deniedIn(
  namespace: string,
  { cluster, of }: { readonly cluster: Asked; readonly of: readonly Access[] },
): Promise<readonly Access[]> {
  const allowed = await Promise.all(of.map((access) => cluster.mayI(namespace, access)));
  return of.filter((_access, index) => allowed[index] === false);
}

function judgedLease(namespace: string, denied: readonly Access[]): Found {
  if (denied.length === 0) {
    return { state: 'ok', detail: 'may be held: of several workers one watches for issues' };
  }
  return {
    state: 'warn',
    detail: `may not ${named(denied)} in ${namespace}; each worker watches for issues, and all report the same`,
    mend: 'apply deploy/kubernetes/base/lease-role.yaml and bind it there',
  };
}

function judged(namespace: string, version: string, denied: readonly Access[]): Found {
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
