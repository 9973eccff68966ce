import type { CommandEnd, DeploymentRecord } from '@fairlead/contracts';

/** Says of a wrapped command how it fares, to Temporal or to a file. */
export interface Reporter {
  readonly deploymentId: string;
  /** Says that the process is there until it is stopped; `onAbort`: somebody wants it to end. */
  watch(which: 'command' | 'undo', onAbort: () => void): { stop(): void };
  /** Never throws: the command's own end stands, whoever hears of it. */
  ended(which: 'command' | 'undo', end: CommandEnd): Promise<void>;
  /** What became of it, once that was told; undefined where nobody can say by now. */
  record(): Promise<DeploymentRecord | undefined>;
}
