import { toDashboard } from './provisioning/dashboard-body.ts';
import { toMonitor } from './provisioning/monitor-body.ts';
import type { MonitorOptions } from './provisioning/monitor-body.ts';
import { CONTENT } from '../content.ts';
import type { Content } from '../content.ts';
import { toWire } from './provisioning/to-wire.ts';

/** The bodies of Datadog's API by file name, for who keeps them in Git. Needs no network and no credentials. */
export function exportDatadog(
  options: MonitorOptions = {},
  { dashboards, alerts }: Content = CONTENT,
): Record<string, string> {
  return Object.fromEntries([
    ...dashboards.map((one) => [`dashboard-${one.uid}.json`, toJson(toDashboard(one))]),
    ...alerts.map((one) => [`monitor-${one.id}.json`, toJson(toMonitor(one, options))]),
  ]) as Record<string, string>;
}

function toJson(body: object): string {
  return `${JSON.stringify(toWire(body), undefined, 2)}\n`;
}
