export type { CanaryState, RunningState, TargetState } from '@fairlead/contracts';
