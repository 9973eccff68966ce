export { temporalPath, temporalTestServerPath } from './temporal.ts';
export { TEST_CLUSTER_DIRECTORY, testClusterPath } from './test-cluster.ts';
