import type { AdmissionAnswer } from '@fairlead/contracts';
import type { TargetName } from '../targets/targets.ts';

/** What a target is asked to admit: a deployment, or a way back. */
export interface AdmissionRequest {
  readonly requestId: string;
  readonly target: TargetName;
  readonly actor: string;
  /** Whether it may run although the target is halted. */
  readonly overHalt: boolean;
  ask(signal: AbortSignal): Promise<AdmissionAnswer>;
}
