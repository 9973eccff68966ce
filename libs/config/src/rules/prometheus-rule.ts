import type { RuleInput } from '../schema/field-meta.ts';

/** What is of no use without another key. */
const NEEDS = [
  ['grafana_url', 'grafana_api_key'],
  ['grafana_api_key', 'grafana_url'],
  ['pushgateway_username', 'pushgateway_url'],
  ['pushgateway_username', 'pushgateway_password'],
  ['pushgateway_password', 'pushgateway_username'],
  ['prometheus_username', 'prometheus_url'],
  ['prometheus_username', 'prometheus_password'],
  ['prometheus_password', 'prometheus_username'],
  ['alertmanager_members', 'alertmanager_url'],
  ['alertmanager_username', 'alertmanager_url'],
  ['alertmanager_username', 'alertmanager_password'],
  ['alertmanager_password', 'alertmanager_username'],
] as const;

export function prometheusRule({ has, report }: RuleInput): void {
  const given = (key: string): boolean => has([key]) || has([`${key}_file`]);
  for (const [key, needed] of NEEDS) {
    if (given(key) && !given(needed)) report([key], `${key} needs ${needed} beside it`);
  }
}
