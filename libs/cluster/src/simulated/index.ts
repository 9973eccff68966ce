export { createSimulatedCluster } from './simulated-cluster.ts';
export type { SimulatedCluster, SimulatedClusterOptions } from './simulated-cluster.ts';
export type { Fate } from './fate.ts';
export type { SeedRoute, SeedWorkload, SimulatedWorld } from './seed.ts';
