import type { Destination } from '../destination.ts';
import { sampleDelivery } from '../message/sample-delivery.ts';
import type { Happening } from './role-rule.ts';

/** What a destination does not send though it is routed there: never, or not where another message has said it. */
export interface Withheld {
  readonly verdict: 'withheld' | 'covered';
  readonly why: string;
}

/** Asks the destination itself, of a run that failed and of one that a person took back. Pure. */
export function withheldAt(
  { name, withheld }: Pick<Destination, 'name' | 'withheld'>,
  { kind, environment }: Pick<Happening, 'kind' | 'environment'>,
): Withheld | undefined {
  const sample = sampleDelivery(kind, { destination: name, environment });
  const why = withheld?.(sample);
  if (why === undefined) return undefined;
  const { error: _, ...facts } = sample.facts;
  const whyUnfailed = withheld?.({ ...sample, facts });
  if (whyUnfailed === undefined) {
    return { verdict: 'covered', why: `${why}; where nothing failed before, it is told` };
  }
  return {
    verdict: 'withheld',
    why: whyUnfailed === why ? why : `${why}; where nothing failed before: ${whyUnfailed}`,
  };
}
