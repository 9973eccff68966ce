export { createClusterFixtures } from './fixtures.ts';
export type { ClusterFixtures } from './fixtures.ts';
export type { RouteFixture, WorkloadFixture } from './objects.ts';
