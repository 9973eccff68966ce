import type { ConfigValues } from '../config-values.ts';

/** Severity of a failure in an environment: `critical` unless people may not be woken for it. */
export function severityIn({
  environments,
}: Pick<ConfigValues, 'environments'>): (environment: string) => 'critical' | 'warning' {
  return (environment) => environments?.[environment]?.severity ?? 'critical';
}
