export { createClusterFixtures } from './fixtures.ts';
export type { ClusterFixtures } from './fixtures.ts';
export { startKubernetesHarness } from './harness.ts';
export type { KubernetesHarness } from './harness.ts';
export { HELD } from './held-pods.ts';
export type { Resource } from './object-path.ts';
export type { RouteFixture, WorkloadFixture } from './objects.ts';
export { startClusterProxy, startTcpProxy } from './tcp-proxy.ts';
export type { TcpProxy } from './tcp-proxy.ts';
