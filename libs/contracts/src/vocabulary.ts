/** The closed sets of Fairlead's vocabulary. Their words are wire format and appear in records, messages and labels. */

export const DEPLOYMENT_TYPES = ['rolling', 'canary', 'blue-green'] as const;
export type DeploymentType = (typeof DEPLOYMENT_TYPES)[number];

export const PHASES = [
  'queued',
  'planned',
  'deploying',
  'canary',
  'analysing',
  'awaiting-approval',
  'paused',
  'promoting',
  'baking',
  'rolling-back',
] as const;
export type Phase = (typeof PHASES)[number];

/** `failed` means halted: someone must act. `refused` means that nothing was written. */
export const OUTCOMES = ['succeeded', 'rolled-back', 'failed', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What roles subscribe to. */
export const EVENT_TYPES = ['status', 'failure', 'rollback', 'canary', 'promotion'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What people are notified of. */
export const NOTIFIED_KINDS = [
  'deployment-started',
  'deployment-completed',
  'deployment-failed',
  'rollback-initiated',
  'rollback-completed',
  'canary-started',
  'canary-completed',
  'canary-promoted',
  'remediation-proposed',
  'remediation-attempted',
  'remediation-given-up',
] as const;
export type NotifiedKind = (typeof NOTIFIED_KINDS)[number];

/** What only the timeline shows. */
export const TIMELINE_KINDS = [
  'planned',
  'nothing-to-do',
  'refused',
  'step-begun',
  'step-passed',
  'command-accepted',
  'command-ignored',
  'cluster-changed',
  'bake-begun',
  'undo-failed',
  'progress',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export type EventKind = NotifiedKind | TimelineKind;

/** Who makes a deployment: Fairlead itself, or another tool that is told of by a wrapped command or by events. */
export const SOURCES = ['fairlead', 'command', 'events'] as const;
export type Source = (typeof SOURCES)[number];
export type ForeignSource = Exclude<Source, 'fairlead'>;

export const COMMANDS = ['promote', 'abort', 'pause', 'resume'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** `supersede` aborts what runs and takes its place. */
export const BUSY_POLICIES = ['refuse', 'queue', 'supersede'] as const;
export type BusyPolicy = (typeof BUSY_POLICIES)[number];

/** Where `--simulate-failure` strikes. */
export const FAILURE_PLACES = ['canary', 'health', 'promotion', 'rollback'] as const;
export type FailurePlace = (typeof FAILURE_PLACES)[number];

export const RECEIPT_STATES = [
  'pending',
  'accepted',
  'delivered',
  'unknown',
  'suppressed',
  'dead',
] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];
