import type { SystemSettings } from '@fairlead/monitoring';
import type { ConfigValues } from '../config-values.ts';
import { severityIn } from '../notification/severity.ts';

type Monitoring = NonNullable<ConfigValues['monitoring_systems']>;
type Block<Name extends 'datadog' | 'prometheus' | 'cdevents'> = NonNullable<Monitoring[Name]>;
type Values = Pick<ConfigValues, 'monitoring_systems' | 'notification' | 'environments'>;

/** The monitoring systems that are on, in their own words: secrets are revealed here, for the clients alone. */
export function systemSettings(values: Values): readonly SystemSettings[] {
  const { datadog, prometheus, cdevents, runbook_url } = values.monitoring_systems ?? {};
  const links = runbook_url === undefined ? {} : { runbookUrl: runbook_url };
  return [
    ...(datadog === undefined ? [] : [{ ...datadogSettings(datadog), ...links }]),
    ...(prometheus === undefined ? [] : prometheusSettings(prometheus, values, links)),
    ...(cdevents === undefined ? [] : [cdeventsSettings(cdevents)]),
  ];
}

/** Whether anything shows how a run fares: then targets are told, and workers serve their states. */
export function showsProgress({ monitoring_systems }: Pick<Values, 'monitoring_systems'>): boolean {
  const { datadog, prometheus } = monitoring_systems ?? {};
  return datadog !== undefined || prometheus !== undefined;
}

/** Systems that are provisioned at the worker's start. */
export function provisionedAtStart({
  monitoring_systems,
}: Pick<Values, 'monitoring_systems'>): readonly string[] {
  const { datadog, prometheus } = monitoring_systems ?? {};
  return [
    ...(datadog?.provision === true ? ['datadog'] : []),
    ...(prometheus?.provision === true && prometheus.grafana_url !== undefined ? ['grafana'] : []),
  ];
}

function datadogSettings(datadog: Block<'datadog'>): SystemSettings<'datadog'> {
  const { api_key, app_key, site, api_url, dora, notify } = datadog;
  return {
    system: 'datadog',
    apiKey: api_key.reveal(),
    appKey: app_key.reveal(),
    site,
    dora,
    ...(api_url === undefined ? {} : { apiUrl: api_url }),
    ...(notify === undefined ? {} : { notify }),
  };
}

function cdeventsSettings({ url, token }: Block<'cdevents'>): SystemSettings<'cdevents'> {
  return { system: 'cdevents', url, ...(token === undefined ? {} : { token: token.reveal() }) };
}

/** Each is used where its URL is given. */
function prometheusSettings(
  prometheus: Block<'prometheus'>,
  values: Values,
  links: { readonly runbookUrl?: string },
): SystemSettings[] {
  const { pushgateway_url, alertmanager_url, grafana_url, grafana_api_key, prometheus_url } =
    prometheus;
  const systems: SystemSettings[] = [];
  if (prometheus_url !== undefined) {
    systems.push({
      system: 'prometheus',
      url: prometheus_url,
      ...accountOf(prometheus, 'prometheus'),
    });
  }
  if (pushgateway_url !== undefined) {
    systems.push({
      system: 'pushgateway',
      url: pushgateway_url,
      ...accountOf(prometheus, 'pushgateway'),
    });
  }
  if (alertmanager_url !== undefined) {
    systems.push({
      system: 'alertmanager',
      urls: [alertmanager_url, ...(prometheus.alertmanager_members ?? [])],
      ...accountOf(prometheus, 'alertmanager'),
      page: values.notification?.page_owner === 'alertmanager',
      silence: prometheus.alertmanager_silence,
      severityIn: severityIn(values),
      ...links,
      ...(grafana_url === undefined ? {} : { grafanaUrl: grafana_url }),
    });
  }
  if (grafana_url !== undefined && grafana_api_key !== undefined) {
    // Where Alertmanager is, Prometheus has the rules: a second ruler would tell everything twice.
    const alerts = alertmanager_url === undefined;
    const apiKey = grafana_api_key.reveal();
    systems.push({ system: 'grafana', url: grafana_url, apiKey, alerts, ...links });
  }
  return systems;
}

function accountOf(
  prometheus: Block<'prometheus'>,
  server: 'prometheus' | 'pushgateway' | 'alertmanager',
): { username?: string; password?: string } {
  const username = prometheus[`${server}_username`];
  const password = prometheus[`${server}_password`]?.reveal();
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}
