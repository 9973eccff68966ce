import type { RuleInput } from '../schema/field-meta.ts';

/** A span is half-open, so one that begins where it ends holds no minute: or was the whole day meant? */
export function quietHoursRule({ value, report }: RuleInput): void {
  const { from, to } = value as { from?: string; to?: string };
  if (from === undefined || from !== to) return;
  report(
    ['to'],
    'from and to are the same, so the span is empty; leave quiet_hours out, or move one',
  );
}
