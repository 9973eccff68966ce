import type { ProvisionChange } from '@fairlead/contracts';

/** Dashboards and alerts of ours at one system. What people made there is never touched. */
export interface Provisioner {
  /** What `apply` would do; reads only. */
  plan(options: ProvisionOptions, signal: AbortSignal): Promise<readonly ProvisionChange[]>;
  /** Brings everything of ours to its present form, and says what was done. A repeat changes nothing. */
  apply(
    options: ProvisionOptions,
    signal: AbortSignal,
    made?: Made,
  ): Promise<readonly ProvisionChange[]>;
  /** Takes away everything of ours, and nothing else. */
  remove(signal: AbortSignal, made?: Made): Promise<readonly ProvisionChange[]>;
}

/** Is told of each change once it is made: of a run that breaks off later, nothing else is known. */
export type Made = (change: ProvisionChange) => void;

export interface ProvisionOptions {
  /** Over what a person edited since; without it that stays as it is. */
  readonly force: boolean;
  /** Takes away duplicates of ours, all but the oldest; without it `plan` and `apply` only name them. */
  readonly removeDuplicates: boolean;
}
