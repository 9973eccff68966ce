import type { Cluster } from '@fairlead/cluster';

/** Where is looked and acted. */
export interface Place {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}
