/** What is told in plain words: by `fairlead event`, and as JSON on its standard input or over HTTP. */
export const PLAIN_EVENTS = ['begin', 'progress', 'rollback', 'finish'] as const;
export type PlainEventType = (typeof PLAIN_EVENTS)[number];

/** How it ended; of a `finish` alone. */
export const FINISHES = ['succeeded', 'failed', 'rolled-back', 'rollback-failed'] as const;
export type Finish = (typeof FINISHES)[number];

/** One event of a deployment that another tool makes. */
export interface PlainEvent {
  readonly type: PlainEventType;
  /** As `REQUEST_ID` says: the deployment's ID. */
  readonly deployment: string;
  /** Of a `finish`; default `succeeded`. */
  readonly outcome?: Finish;
  /** Makes a repeat harmless; default: the type, so that only `progress` may be told twice without one. */
  readonly eventId?: string;
  readonly message?: string;
  /** RFC 3339; default: now. */
  readonly at?: string;
  /** Where it deploys to: of a `begin`, or where no `begin` was told. */
  readonly environment?: string;
  readonly application?: string;
  /** The tool, as people call it. */
  readonly tool?: string;
  /** What it brings, by name. */
  readonly components?: readonly { readonly name: string; readonly image: string }[];
  readonly actor?: string;
  readonly reason?: string;
}
