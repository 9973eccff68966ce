import type { RuleInput } from '../schema/field-meta.ts';

/** `analysis` is refused by name, so it counts here. */
const STEP_KEYS = ['weight', 'pause', 'approval', 'analysis'];

/** A step is one thing: what two of them in one element would mean is nobody's guess. */
export function stepRule({ has, report }: RuleInput): void {
  const given = STEP_KEYS.filter((key) => has([key]));
  if (given.length === 1) return;
  const found = given.length === 0 ? 'holds none of them' : `holds ${given.join(' and ')}`;
  report([], `a step is exactly one of weight, pause, approval; this one ${found}`);
}
