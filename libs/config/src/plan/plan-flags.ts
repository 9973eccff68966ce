import type { BusyPolicy, DeploymentType, FailurePlace, Features } from '@fairlead/contracts';

/** What a caller says on the command line. Wins over the files. */
export interface PlanFlags {
  readonly environment: string;
  readonly application?: string;
  readonly type?: DeploymentType;
  /** `--component NAME=IMAGE`, in order. */
  readonly components?: readonly FlagComponent[];
  readonly namespace?: string;
  readonly onBusy?: BusyPolicy;
  readonly simulateFailure?: FailurePlace;
  /** What is switched off; absent means on. */
  readonly features?: Partial<Features>;
  readonly allowManaged?: boolean;
}

export interface FlagComponent {
  readonly name: string;
  readonly image: string;
}
