import type { NotifiedKind } from '@fairlead/contracts';
import type { LinkTo } from '../message/message.ts';
import type { DeliveryLog } from '../delivery-log.ts';

export interface LogOptions {
  readonly log: DeliveryLog;
  /** Which kinds reach it; all when absent. */
  readonly kinds?: readonly NotifiedKind[];
  readonly linkTo?: LinkTo;
}
