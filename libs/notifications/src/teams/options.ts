import type { LinkTo } from '../message/message.ts';

/** One webhook of a Workflows flow. */
export interface TeamsOptions {
  /** A secret: whoever has it can post. */
  readonly webhookUrl: string;
  /** In the vendor's place, for a proxy or gateway: the webhook's path and query are put behind it. */
  readonly apiUrl?: string;
  /** Messages a second at most; 0 lifts it. Default: 2, half of what Teams took from a connector. */
  readonly perSecond?: number;
  /** What was not started within this goes into a digest. Milliseconds; absent: it waits. */
  readonly digestAfterMs?: number;
  readonly linkTo?: LinkTo;
}
