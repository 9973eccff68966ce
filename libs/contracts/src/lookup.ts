import type { DeploymentRecord } from './record.ts';

/** Asks targets what has become of them. */
export interface TargetLookup {
  /** The last deployment that ran well there after `at` (RFC 3339); undefined where none did, or nobody answers. */
  laterSuccess(target: {
    readonly environment: string;
    readonly application: string;
    readonly at: string;
  }): Promise<string | undefined>;
}

export interface LookupActivities {
  /** The last record of a deployment that ended without a result (terminated); undefined when Temporal has none. */
  lookupRecord(request: { readonly deploymentId: string }): Promise<DeploymentRecord | undefined>;
}
