export { createKubernetesCluster } from './kubernetes-cluster.ts';
export type { KubernetesCluster } from './kubernetes-cluster.ts';
export type { ConnectionOptions } from './client.ts';
