/** Dashboards and alerts of ours at one system. What people made there is never touched. */
export interface Provisioner {
  /** What `apply` would do; reads only. */
  plan(options: ProvisionOptions, signal: AbortSignal): Promise<readonly Change[]>;
  /** Brings everything of ours to its present form, and says what was done. A repeat changes nothing. */
  apply(options: ProvisionOptions, signal: AbortSignal): Promise<readonly Change[]>;
  /** Takes away everything of ours, and nothing else. */
  remove(signal: AbortSignal): Promise<readonly Change[]>;
}

export interface ProvisionOptions {
  /** Over what a person edited since; without it that stays as it is. */
  readonly force: boolean;
  /** Takes away duplicates of ours, all but the oldest; without it `plan` and `apply` only name them. */
  readonly removeDuplicates: boolean;
}

/** One thing of ours: what is to be done with it, or was. */
export interface Change {
  readonly thing: 'folder' | 'dashboard' | 'alert';
  /** As people see it: its title. */
  readonly name: string;
  readonly action: ChangeAction;
  /** What differs, or why nothing is done: one line. */
  readonly detail?: string;
}

/**
 * `edited`: a person changed it, so it stays unless forced. `duplicate`: a second one of ours, which stays unless its
 * removal was asked for.
 */
export const CHANGE_ACTIONS = [
  'create',
  'update',
  'remove',
  'unchanged',
  'edited',
  'duplicate',
] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];
