import type { AlertmanagerOptions } from './alertmanager/options.ts';
import { createCDEvents } from './cdevents/cdevents.ts';
import type { CDEventsOptions } from './cdevents/options.ts';
import { createAlertmanager } from './alertmanager/alertmanager.ts';
import { createDatadog } from './datadog/datadog.ts';
import type { DatadogOptions } from './datadog/options.ts';
import { createGrafana } from './grafana/grafana.ts';
import type { GrafanaOptions } from './grafana/options.ts';
import type { MonitoringSystem } from './monitoring-system.ts';
import type { ServerOptions } from './prometheus/ask.ts';
import { createPrometheusSource, PROMETHEUS } from './prometheus/query.ts';
import { createPushgateway } from './pushgateway/pushgateway.ts';

interface SettingsBySystem {
  datadog: DatadogOptions;
  pushgateway: ServerOptions;
  prometheus: ServerOptions;
  alertmanager: AlertmanagerOptions;
  grafana: GrafanaOptions;
  cdevents: CDEventsOptions;
}

export type SystemName = keyof SettingsBySystem;

/** A monitoring system that the worker's settings switch on. */
export type SystemSettings<Name extends SystemName = SystemName> = {
  [Each in Name]: { readonly system: Each } & SettingsBySystem[Each];
}[Name];

export interface SystemContext {
  /** Where a person reads on; undefined when no Web UI is configured. */
  readonly linkTo?: (deploymentId: string) => string | undefined;
}

/** To add a system is one folder, its settings above, and one line here. */
const FACTORIES: {
  readonly [Name in SystemName]: (
    settings: SystemSettings<Name>,
    context: SystemContext,
  ) => MonitoringSystem;
} = {
  datadog: (settings, context) => createDatadog({ ...settings, ...context }),
  pushgateway: (settings) => createPushgateway(settings),
  prometheus: (settings) => ({ name: PROMETHEUS, ...createPrometheusSource(settings) }),
  alertmanager: (settings, context) => createAlertmanager({ ...settings, ...context }),
  grafana: (settings) => createGrafana(settings),
  cdevents: (settings) => createCDEvents(settings),
};

/** Opens no connection: what is wrong with a system is found when it is asked. */
export function createSystem<Name extends SystemName>(
  settings: SystemSettings<Name>,
  context: SystemContext,
): MonitoringSystem {
  return FACTORIES[settings.system](settings, context);
}
