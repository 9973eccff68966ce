import type { DeploymentResult } from './target.ts';
import type { ForeignSource } from './vocabulary.ts';

/** The tool of a deployment that a CDEvent told of; an event bus is not told of it again. */
export const CDEVENTS_TOOL = 'CDEvents';

/** A deployment that another tool makes: Fairlead keeps its record, tells of it, and touches nothing. */
export interface ForeignWork {
  /** Which source it is: a command that `fairlead run` has wrapped, or events that somebody sends. */
  readonly source: ForeignSource;
  /** The tool, as people call it: "terraform", "Argo CD". */
  readonly tool: string;
  /** A command that undoes it stands ready. */
  readonly undoable: boolean;
  /** When it really began, if that was told later. RFC 3339. */
  readonly begunAt?: string;
  /** It holds its target's lock; else it happened beside it, and is only counted there. */
  readonly locks: boolean;
}

/**
 * Whether a process says by heartbeats that it is there, and how it ended; else that is told by events. A wrapped
 * command that could not reach Temporal is told of afterwards.
 */
export function beats({ source, locks }: ForeignWork): boolean {
  return source === 'command' && locks;
}

/** How a wrapped process ended. */
export interface CommandEnd {
  /** As a shell says it: 128 and the signal's number of a process that a signal has ended. */
  readonly exitCode: number;
  readonly signal?: string;
  /** It was stopped because somebody has aborted the deployment. */
  readonly stopped?: true;
  /** The last lines that it wrote, oldest first, with secrets masked. */
  readonly output: readonly string[];
}

/** Completed from outside, by the process that runs the command; its heartbeats say that it is there. */
export interface ForeignActivities {
  awaitCommand(): Promise<CommandEnd>;
}

/** What a target counts of a deployment that happened beside its lock. */
export interface ForeignCount {
  readonly result: DeploymentResult;
  /** Monitoring systems that are to be given the target's state: `SettingsSnapshot.progress`. */
  readonly systems: readonly string[];
}

export interface CountActivities {
  /** Starts the target where nothing was ever deployed. A repeat is counted once. */
  countForeign(request: {
    readonly environment: string;
    readonly application: string;
    readonly count: ForeignCount;
  }): Promise<void>;
}

/** IDs of these activities within their workflow: by them the process that runs the command finds them. */
export const COMMAND_ACTIVITIES = { command: 'command', undo: 'undo' } as const;

/** Why another tool's deployment has failed, in its record's error. */
export const FOREIGN_FAILURES = [
  'command-failed',
  'went-silent',
  'told-failed',
  'overdue',
  'aborted',
] as const;
export type ForeignFailure = (typeof FOREIGN_FAILURES)[number];

/** What is told of a deployment that another tool makes. */
export const TOLD_TYPES = [
  'begun',
  'progress',
  'succeeded',
  'failed',
  'rollback-begun',
  'rolled-back',
  'rollback-failed',
] as const;
export type ToldType = (typeof TOLD_TYPES)[number];

/** One thing that is told of it. */
export interface Told {
  /** Makes a repeat harmless; unique within the deployment. */
  readonly eventId: string;
  readonly type: ToldType;
  /** In the teller's own words. */
  readonly message?: string;
  /** When it happened; absent: now. RFC 3339. */
  readonly at?: string;
}

/** What has become of the deployment by it. */
export interface ToldAnswer {
  readonly deploymentId: string;
  /** `known`: this was told before. `late`: it had ended already. */
  readonly taken: 'new' | 'known' | 'late';
}
