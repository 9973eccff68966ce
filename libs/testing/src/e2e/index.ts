export { asShipped } from './as-shipped.ts';
export { effectiveWrites } from './audit.ts';
export {
  badBlocks,
  configText,
  goodBlocks,
  leaksIn,
  pemLine,
  routedBlock,
  startChannelStage,
  startChannelVendors,
  startEchoVendor,
  unreadableBlocks,
  withVendorAt,
} from './channels/index.ts';
export type {
  ChannelBlocks,
  ChannelStage,
  ChannelVendors,
  Traces,
  Vendor,
} from './channels/index.ts';
export { startClusterStage, NEW_IMAGE, OLD_IMAGE, ROUTE } from './cluster-stage.ts';
export type { ClusterStage, SeededTarget } from './cluster-stage.ts';
export { CRASH, untilIssue } from './issues.ts';
export { shippedBundle } from './shipped-bundle.ts';
export { startStage } from './stage.ts';
export type { LoggedMessage, Stage } from './stage.ts';
export { spawnWorker } from './worker-process.ts';
export type { SpawnedWorker } from './worker-process.ts';
