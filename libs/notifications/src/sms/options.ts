import type { LinkTo } from '../message/message.ts';

/** One Twilio account, one sender, any number of phones. */
export interface SmsOptions {
  /** Begins with AC. Treated as a secret. */
  readonly accountSid: string;
  /** A secret. */
  readonly authToken: string;
  /** E.164, or what else Twilio lets the account send from. */
  readonly fromNumber: string;
  /** E.164. One that stands there twice is told once. */
  readonly toNumbers: readonly string[];
  /** In the vendor's place, for a proxy or gateway: `/2010-04-01/…` is put behind it. */
  readonly apiUrl?: string;
  /** Messages a second at most, shared out among the numbers; 0 lifts it. Default: 0.2, which is 12 a minute. */
  readonly perSecond?: number;
  /** What was not started within this goes into a digest. Milliseconds; absent: it waits. */
  readonly digestAfterMs?: number;
  readonly linkTo?: LinkTo;
}
