export type { AuditEntry } from './audit-log.ts';
export { freePorts } from './free-ports.ts';
export { acceptRoute } from './gateway-api.ts';
export type { Kubectl } from './kubectl.ts';
export type { ClusterAccess } from './cluster-access.ts';
export { joinTestCluster, startSharedCluster } from './shared-cluster.ts';
export type { SharedCluster } from './shared-cluster.ts';
export { joinTemporal, startSharedTemporal } from './shared-temporal.ts';
export type { SharedTemporal } from './shared-temporal.ts';
export type {
  SearchAttributeType,
  TemporalOptions,
  TemporalServer,
  TemporalVariables,
} from './temporal-server.ts';
export { startTemporal } from './temporal-server.ts';
export type { TestCluster, TestClusterOptions } from './test-cluster.ts';
export { startTestCluster } from './test-cluster.ts';
export type { WaitOptions } from './wait-for.ts';
export { waitFor } from './wait-for.ts';
