export { bundleWorkflows } from './bundle-workflows.ts';
export { connectWorker } from './connect-worker.ts';
export type { WorkerConnectOptions } from './connect-worker.ts';
export { activityPartitions } from './partitions.ts';
export { installRuntime } from './runtime.ts';
export type { RuntimeSettings } from './runtime.ts';
