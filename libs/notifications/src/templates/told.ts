import type { Delivery } from '@fairlead/contracts';
import type { MessageTemplate } from '@fairlead/domain/text';

/** A delivery as its destination gets it. */
export interface Told extends Delivery {
  /** People's own words, filled in, each one clean line; each stands in place of the built-in one. */
  readonly texts?: MessageTemplate;
  /** Address of the dashboard that shows its target. */
  readonly dashboard?: string;
}
