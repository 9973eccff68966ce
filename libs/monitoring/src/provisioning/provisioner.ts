import type { ProvisionChange } from '@fairlead/contracts';

/** Dashboards and alerts of ours at one system. What people made there is never touched. */
export interface Provisioner {
  /** What `apply` would do; reads only. */
  plan(options: ProvisionOptions, signal: AbortSignal): Promise<readonly ProvisionChange[]>;
  /** Brings everything of ours to its present form, and says what was done. A repeat changes nothing. */
  apply(options: ProvisionOptions, signal: AbortSignal): Promise<readonly ProvisionChange[]>;
  /** Takes away everything of ours, and nothing else. */
  remove(signal: AbortSignal): Promise<readonly ProvisionChange[]>;
}

export interface ProvisionOptions {
  /** Over what a person edited since; without it that stays as it is. */
  readonly force: boolean;
  /** Takes away duplicates of ours, all but the oldest; without it `plan` and `apply` only name them. */
  readonly removeDuplicates: boolean;
}
