export { seriesOf } from './exposition.ts';
export { createFairleadMetrics } from './fairlead-metrics.ts';
export type { FairleadMetrics } from './fairlead-metrics.ts';
