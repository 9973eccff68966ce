export { cacheDirectory } from './cache.ts';
export type { Executable } from './executable.ts';
export {
  resolveTemporal,
  resolveTemporalTestServer,
  temporalPath,
  temporalTestServerPath,
} from './temporal.ts';
export { TEST_CLUSTER_DIRECTORY, testClusterPath } from './test-cluster.ts';
