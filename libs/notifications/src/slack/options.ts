import type { LinkTo } from '../message/message.ts';

/** One incoming webhook. */
export interface SlackOptions {
  /** `slack`, or `slack:<destination>`. */
  readonly name: string;
  /** A secret: whoever has it can post. */
  readonly webhookUrl: string;
  /** Only legacy webhooks honour these two; others refuse them or ignore them. */
  readonly postTo?: string;
  readonly username?: string;
  /** In the vendor's place, for a proxy or gateway: the webhook's path is put behind it. */
  readonly apiUrl?: string;
  /** Messages a second at most; 0 lifts it. Default: Slack's own limit of 1. */
  readonly perSecond?: number;
  /** What was not started within this goes into a digest. Milliseconds; absent: it waits. */
  readonly digestAfterMs?: number;
  readonly linkTo?: LinkTo;
}
