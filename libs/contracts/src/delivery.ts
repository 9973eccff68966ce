import type { DeploymentEvent, DeploymentRecord, Receipt } from './record.ts';
import type { NotifiedKind } from './vocabulary.ts';

/**
 * `keyed`: repeats are recognised by their key, so one activity carries all that are caught up.
 * `paced`: an activity each, on a task queue of its own whose rate is the vendor's.
 */
export type Road = 'keyed' | 'paced';

/** A destination and what reaches it, in force when the run began. */
export interface Route {
  readonly destination: string;
  readonly road: Road;
  readonly kinds: readonly NotifiedKind[];
}

/** What a worker's configuration says to a run: names and numbers, never a secret. */
export interface SettingsSnapshot {
  readonly routes: readonly Route[];
}

/** The facts that every message is made of: the record without its timeline, receipts and cluster changes. */
export type MessageFacts = Omit<DeploymentRecord, 'events' | 'deliveries' | 'left' | 'steps'>;

export interface Delivery {
  readonly key: string;
  readonly destination: string;
  readonly event: DeploymentEvent;
  readonly facts: MessageFacts;
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

export interface SettingsActivities {
  settingsSnapshot(request: { readonly environment: string }): Promise<SettingsSnapshot>;
}

/** Input of the `redelivery` workflow: what was open when the deployment closed. */
export interface RedeliveryInput {
  readonly deploymentId: string;
  readonly open: readonly { readonly delivery: Delivery; readonly road: Road }[];
}
