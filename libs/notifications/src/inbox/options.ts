import type { NotifiedKind } from '@fairlead/contracts';
import type { LinkTo } from '../message/message.ts';

export interface InboxOptions {
  /** Directory of `inbox.jsonl`; made when missing. */
  readonly directory: string;
  /** Which kinds reach it; all when absent. */
  readonly kinds?: readonly NotifiedKind[];
  readonly linkTo?: LinkTo;
}
