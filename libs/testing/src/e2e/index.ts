export { effectiveWrites } from './audit.ts';
export { startClusterStage, NEW_IMAGE, OLD_IMAGE, ROUTE } from './cluster-stage.ts';
export type { ClusterStage, SeededTarget } from './cluster-stage.ts';
export { shippedBundle } from './shipped-bundle.ts';
export { startStage } from './stage.ts';
export type { LoggedMessage, Stage } from './stage.ts';
export { spawnWorker } from './worker-process.ts';
export type { SpawnedWorker } from './worker-process.ts';
