import type { SnapshotRequest } from '@fairlead/contracts';
import type { Access } from '../port.ts';

const OF_EVERY_RUN = [
  ...access('apps', 'deployments', ['get', 'list', 'watch', 'patch']),
  ...access('apps', 'replicasets', ['list', 'watch']),
  ...access('', 'pods', ['list', 'watch']),
  ...access('', 'services', ['list']),
  ...access('', 'resourcequotas', ['list']),
  ...access('autoscaling', 'horizontalpodautoscalers', ['list']),
];
const OF_CANARIES = access('apps', 'deployments', ['create', 'delete']);
const OF_ROUTES = [
  ...access('', 'services', ['get', 'create', 'patch', 'delete']),
  ...access('gateway.networking.k8s.io', 'httproutes', ['get', 'patch']),
  ...access('discovery.k8s.io', 'endpointslices', ['list', 'watch']),
];

/** Exactly what this run will do. */
export function neededAccess({
  type,
  traffic,
}: Pick<SnapshotRequest, 'type' | 'traffic'>): readonly Access[] {
  if (type === 'rolling') return OF_EVERY_RUN;
  return traffic.router === 'gateway-api'
    ? [...OF_EVERY_RUN, ...OF_CANARIES, ...OF_ROUTES]
    : [...OF_EVERY_RUN, ...OF_CANARIES];
}

/** For the template's own ConfigMaps and Secrets: asked only where it names some. */
export function dependencyAccess(kind: 'ConfigMap' | 'Secret'): Access {
  return { group: '', resource: kind === 'ConfigMap' ? 'configmaps' : 'secrets', verb: 'get' };
}

/** For the last words of a container that crashed. */
const OF_LAST_WORDS = access('', 'pods/log', ['get']);

/** For what remediation does beyond a run's own verbs. */
export const OF_REMEDIATION: readonly Access[] = [
  ...access('', 'pods', ['delete']),
  ...access('', 'pods/eviction', ['create']),
  ...access('policy', 'poddisruptionbudgets', ['list']),
  ...access('metrics.k8s.io', 'pods', ['list']),
  ...access('autoscaling', 'horizontalpodautoscalers', ['patch']),
];

/** In the worker's own namespace, so that one of several watches: deploy/kubernetes/base/lease-role.yaml lists the same verbs. */
export const LEASE_ACCESS: readonly Access[] = access('coordination.k8s.io', 'leases', [
  'get',
  'create',
  'patch',
]);

/** Whatever any run, and remediation, may do: deploy/kubernetes/base/cluster-role.yaml lists the same verbs, and a test compares the two. */
export const ALL_ACCESS: readonly Access[] = [
  ...OF_EVERY_RUN,
  ...OF_CANARIES,
  ...OF_ROUTES,
  dependencyAccess('ConfigMap'),
  dependencyAccess('Secret'),
  ...OF_LAST_WORDS,
  ...OF_REMEDIATION,
];

function access(group: string, resource: string, verbs: readonly string[]): Access[] {
  return verbs.map((verb) => ({ group, resource, verb }));
}

export function permissionMessage(denied: readonly Access[], namespace: string): string {
  if (OF_EVERY_RUN.every((access) => denied.some((one) => isSame(one, access)))) {
    return (
      `may do nothing in ${namespace} (role fairlead-cluster is not bound there); ` +
      'bind it as deploy/kubernetes/managed-namespace does'
    );
  }
  return (
    `may not ${named(denied)} in ${namespace} (role fairlead-cluster lacks the verb); ` +
    'apply deploy/kubernetes/base/cluster-role.yaml'
  );
}

/** As `kubectl auth can-i` takes them. */
export function named(accesses: readonly Access[]): string {
  return accesses
    .map(({ group, resource, verb }) =>
      group === '' ? `${verb} ${resource}` : `${verb} ${resource}.${group}`,
    )
    .join(', ');
}

export function isSame(one: Access, other: Access): boolean {
  return one.group === other.group && one.resource === other.resource && one.verb === other.verb;
}

/** Without these nothing else can be looked at. */
export function isReading({ verb }: Access): boolean {
  return verb === 'get' || verb === 'list';
}
