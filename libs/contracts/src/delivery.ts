import type { DeploymentEvent, DeploymentRecord, Receipt } from './record.ts';
import type { IssueView, RemediationPolicy } from './remediation.ts';
import type { EventKind, NotifiedKind } from './vocabulary.ts';

/**
 * `keyed`: repeats are recognised by their key, so one activity carries all that are caught up.
 * `paced`: an activity each, on a task queue of its own whose rate is the vendor's.
 */
export type Road = 'keyed' | 'paced';

/** How a destination takes its deliveries. */
export interface Manner {
  readonly road: Road;
  /** Of a paced one that shares its queue, and so its rate, with others; absent: one by the destination's name. */
  readonly queue?: string;
  /** Never sent again once it may have left: the other side knows no keys, and people are told twice. */
  readonly atMostOnce?: true;
  /** What a paced queue did not start within this goes into the digest. Milliseconds; absent: it waits. */
  readonly digestAfterMs?: number;
  /** Takes a message first, and says later what became of it: it is asked then. */
  readonly saysLater?: true;
  /** Each message opens, updates or closes something of its own: never put together in a digest. */
  readonly oneByOne?: true;
}

/** A destination and what reaches it, in force when the run began. */
export interface Route extends Manner {
  readonly destination: string;
  readonly kinds: readonly NotifiedKind[];
  /** A monitoring system's: no person reads it, so nobody is told in its place. */
  readonly monitoring?: true;
  /** Told of a rollback that failed as well, which is always critical, although its kinds leave other failures out. */
  readonly failedRollbacks?: true;
}

/** What a worker's configuration says to a run: names and numbers, never a secret. */
export interface SettingsSnapshot {
  readonly routes: readonly Route[];
  /** Told in place of a destination that is dead: one, or each number of SMS. */
  readonly fallback?: readonly Route[];
  /** Monitoring systems that take the target's state; absent: nobody asks how a run goes on. */
  readonly progress?: { readonly systems: readonly string[] };
  /** Names of all roles; only where the caller asked for some of them. */
  readonly roles?: readonly string[];
}

/** The facts that every message is made of: the record without its timeline, receipts and cluster changes. */
export interface MessageFacts extends Omit<
  DeploymentRecord,
  'events' | 'deliveries' | 'left' | 'steps'
> {
  /** Of a remediation: the issue that it is about; `deploymentId` is its key then. */
  readonly issue?: IssueView;
}

export interface Delivery {
  readonly key: string;
  readonly destination: string;
  readonly event: DeploymentEvent;
  readonly facts: MessageFacts;
  /** One message for many: event and facts are those of the most severe of them. */
  readonly digest?: DigestContent;
  /** The destination that is dead, in whose place this one is told. */
  readonly insteadOf?: string;
  /** Of `rollback-initiated`: the destination is not told of failures, so none of them covers this one. */
  readonly uncovered?: true;
}

/** What a digest tells. */
export interface DigestContent {
  readonly count: number;
  readonly counts: readonly DigestCount[];
  /** The most severe ones, at most ten. */
  readonly first: readonly DigestLine[];
}

export interface DigestCount {
  readonly environment: string;
  readonly kind: EventKind;
  /** Rollbacks that failed: always critical. */
  readonly mark?: 'rollback-failed';
  readonly count: number;
}

export interface DigestLine {
  readonly environment: string;
  readonly application: string;
  readonly deploymentId: string;
  readonly kind: EventKind;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** A delivery that has no end yet, and what follows if it is dead. */
export interface OpenDelivery extends Manner {
  readonly delivery: Delivery;
  /** Absent where none is configured, or where all are told of the event anyway. */
  readonly fallback?: readonly Route[];
}

/** A delivery's end or, `failed`, what to try again: alone, by Temporal's retry policy. */
export type DeliveryResult =
  | { readonly key: string; readonly receipt: Receipt }
  | { readonly key: string; readonly failed: string };

export interface DeliveryActivities {
  /** Several at once over the keyed road; never throws for one of them. */
  deliverBatch(request: {
    readonly deliveries: readonly Delivery[];
  }): Promise<readonly DeliveryResult[]>;
  /** One, over either road. Throws a retryable failure when it may be tried again. */
  deliverOne(request: { readonly delivery: Delivery }): Promise<Receipt>;
}

/** Input of the `confirmation` workflow: one message that was accepted, and the keys of the deliveries that it told. */
export interface ConfirmationInput {
  readonly receipt: Receipt;
  readonly message: OpenDelivery;
  readonly keys: readonly string[];
}

export interface ConfirmationActivities {
  /** What became of an accepted message; null while its other side does not say. */
  confirmDelivery(request: { readonly receipt: Receipt }): Promise<Receipt | null>;
}

export interface SettingsActivities {
  /** With `roles`: of the channels only those of these roles, and the names of all that there are. */
  settingsSnapshot(request: {
    readonly environment: string;
    readonly roles?: readonly string[];
  }): Promise<SettingsSnapshot>;
  /** What may be mended there; null where the configuration has no word of it. */
  remediationPolicy(request: { readonly environment: string }): Promise<RemediationPolicy | null>;
}

/** Input of the `redelivery` workflow: what was open when the deployment closed. */
export interface RedeliveryInput {
  readonly deploymentId: string;
  readonly open: readonly OpenDelivery[];
}

/** Input of the workflow `announcement/<request ID>`: an event that a program has told. */
export interface AnnouncementInput {
  readonly requestId: string;
  /** Monitoring systems take it, or people's channels. */
  readonly to: 'monitoring' | 'notifications';
  readonly event: Omit<DeploymentEvent, 'id'>;
  readonly facts: MessageFacts;
  /** Only these of the roles that the route names; absent: all. */
  readonly roles?: readonly string[];
}

/** Input of the workflow `digest/<destination>`; what it tells comes by signal. */
export interface DigestInput {
  readonly waiting: readonly DigestEntry[];
}

/** One delivery that waits for its digest. */
export interface DigestEntry {
  readonly open: OpenDelivery;
  /** RFC 3339, UTC. */
  readonly dueAt: string;
}

export interface DigestActivities {
  /** Hands deliveries to the digest of their destination, and starts it where it is not on. Repeats are harmless. */
  addToDigest(request: {
    readonly destination: string;
    readonly entries: readonly DigestEntry[];
  }): Promise<void>;
}
