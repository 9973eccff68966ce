import type { Check } from '@fairlead/contracts';

/** What was found of a channel; whoever asks gives it its name. */
export type Finding = Omit<Check, 'name'>;

/** A channel that says nothing until something is sent. `name`: as `notify test --channel` takes it. */
export function untriable(name: string, why: string): Finding {
  const mend = `\`fairlead notify test --channel ${name}\` sends a marked message`;
  return { state: 'skipped', detail: why, mend };
}
