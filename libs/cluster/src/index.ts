export { createClusterActivities } from './activities.ts';
export type { ClusterActivityDependencies } from './activities.ts';
export type { Cluster } from './port.ts';
