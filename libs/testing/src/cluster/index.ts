export { createClusterFixtures } from './fixtures.ts';
export type { ClusterFixtures, WorkloadFixture } from './fixtures.ts';
