import type { NotifiedKind, Receipt, ReceiptState, Road } from '@fairlead/contracts';
import type { Preview } from './preview.ts';
import type { Told } from './templates/told.ts';

/** Takes notifications to one place: a channel, an inbox, a log. */
export interface Destination {
  /** Names the route, the queue of a paced one, and the second half of every key. */
  readonly name: string;
  /** What a role calls it. Absent: no role decides, it is told of everything. */
  readonly channel?: string;
  /** Of a paced one: the queue that it shares with others, and their rate; absent: one of its own, by its name. */
  readonly queue?: string;
  /** Of a paced one: deliveries a second at most, 0 for no limit; absent: the worker's default. */
  readonly perSecond?: number;
  readonly road: Road;
  /** A monitoring system's: a run that has switched monitoring off leaves it out, and no person is told in its place. */
  readonly monitoring?: true;
  /** Never sent again once it may have left. */
  readonly atMostOnce?: true;
  /** Of a paced one: what its queue did not start within this goes into a digest. Milliseconds; absent: it waits. */
  readonly digestAfterMs?: number;
  readonly kinds: readonly NotifiedKind[];
  /** Kinds that close what it has opened: where it is told of anything, no role holds these back. */
  readonly closes?: readonly NotifiedKind[];
  /** What it is told of where no role names its channel at all; absent: nothing. */
  readonly unasked?: readonly NotifiedKind[];
  /** Why it tells nobody of this one, where it does not: `send` answers `suppressed` in the same words. */
  readonly withheld?: (delivery: Told) => string | undefined;
  /**
   * What `send` would ask first; none where it is withheld, several where one message goes to several topics. Absent:
   * it asks no vendor.
   */
  readonly preview?: (delivery: Told) => readonly Preview[];
  /**
   * Sends one message. Throws `AdapterError`: `vendor-unreachable` or `vendor-throttled` to be tried again,
   * `vendor-rejected` when it never will be taken. Ends soon after the signal.
   */
  send(delivery: Told, signal: AbortSignal): Promise<Answer>;
  /**
   * What became of a message that it accepted; undefined while nobody says, `accepted` with a detail where it seems that
   * nobody will: it may still be asked again. Throws as `send` does. Absent: nobody ever says, or `send` has said it.
   */
  readonly confirm?: (receipt: Receipt, signal: AbortSignal) => Promise<Answer | undefined>;
}

/** What the other side said, in a receipt's words. */
export interface Answer {
  readonly state: ReceiptState;
  readonly detail?: string;
  /** Of `pending`: RFC 3339, UTC. */
  readonly heldUntil?: string;
}
