const ROOTS = {
  deployments: '/apis/apps/v1',
  services: '/api/v1',
  pods: '/api/v1',
  jobs: '/apis/batch/v1',
  daemonsets: '/apis/apps/v1',
  statefulsets: '/apis/apps/v1',
  poddisruptionbudgets: '/apis/policy/v1',
  leases: '/apis/coordination.k8s.io/v1',
  configmaps: '/api/v1',
  secrets: '/api/v1',
  resourcequotas: '/api/v1',
  endpointslices: '/apis/discovery.k8s.io/v1',
  horizontalpodautoscalers: '/apis/autoscaling/v2',
  httproutes: '/apis/gateway.networking.k8s.io/v1',
} as const;

export type Resource = keyof typeof ROOTS;

export function objectPath(resource: Resource, namespace: string, name?: string): string {
  const collection = `${ROOTS[resource]}/namespaces/${namespace}/${resource}`;
  return name === undefined ? collection : `${collection}/${name}`;
}
