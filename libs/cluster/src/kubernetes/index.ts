export { createKubernetesCluster } from './kubernetes-cluster.ts';
export type { KubernetesCluster } from './kubernetes-cluster.ts';
export { connectionTarget } from './kubeconfig.ts';
export type { ConnectionOptions, ConnectionTarget } from './kubeconfig.ts';
