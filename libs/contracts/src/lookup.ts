import type { DeploymentRecord } from './record.ts';

export interface LookupActivities {
  /** The last record of a deployment that ended without a result (terminated); undefined when Temporal has none. */
  lookupRecord(request: { readonly deploymentId: string }): Promise<DeploymentRecord | undefined>;
}
