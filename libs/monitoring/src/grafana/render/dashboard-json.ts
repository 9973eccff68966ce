import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { Dashboard } from '../../dashboards/dashboard.ts';
import type { JsonObject } from '../json.ts';
import { DASHBOARD_TAG, TAG } from '../names.ts';
import { toPanel } from './panel.ts';
import { loadSdk } from './sdk.ts';
import type { Sdk } from './sdk.ts';

/** Every target that ever deployed has this series. */
const SERIES = 'fairlead_deployments_total';
/** Of annotations in one view. */
const ANNOTATIONS = 100;

/**
 * In the JSON of schema version 1, which Grafana 10 to 13 take.
 * `datasource` is the UID that is chosen at first; without one Grafana takes the default Prometheus.
 */
export async function toDashboardJson(
  { uid, title, description, panels }: Dashboard,
  datasource?: string,
): Promise<JsonObject> {
  const sdk = await loadSdk();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- schema 2 is read by Grafana 12 and later only
  const builder = new sdk.dashboard.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([DASHBOARD_TAG])
    .editable()
    .time({ from: 'now-24h', to: 'now' })
    .refresh('1m')
    .variables([datasourceVariable(sdk, datasource), ...labelVariables(sdk)])
    .annotation(deployments(sdk));
  panels.forEach((panel, index) => builder.withPanel(toPanel(sdk, panel, index + 1)));
  // What the builders leave undefined is not there.
  return JSON.parse(JSON.stringify(builder.build())) as JsonObject;
}

function datasourceVariable({ dashboard }: Sdk, datasource: string | undefined) {
  const variable = new dashboard.DatasourceVariableBuilder('datasource')
    .label('Data source')
    .type('prometheus');
  return datasource === undefined
    ? variable
    : variable.current({ selected: true, text: datasource, value: datasource });
}

function labelVariables(sdk: Sdk) {
  const environments = `label_values(${SERIES}, environment)`;
  const applications = `label_values(${SERIES}{environment=~"$environment"}, application)`;
  return [
    labelVariable(sdk, { name: 'environment', label: 'Environment', query: environments }),
    labelVariable(sdk, { name: 'application', label: 'Application', query: applications }),
  ];
}

function labelVariable(
  sdk: Sdk,
  { name, label, query }: { readonly name: string; readonly label: string; readonly query: string },
) {
  const { QueryVariableBuilder, VariableRefresh, VariableSort } = sdk.dashboard;
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(sdk.datasource)
    .query(query)
    .definition(query)
    .includeAll(true)
    .allValue('.*')
    .multi(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

function deployments({ dashboard }: Sdk) {
  const target = new dashboard.AnnotationTargetBuilder()
    .type('tags')
    .tags([TAG.deployment])
    .matchAny(false)
    .limit(ANNOTATIONS);
  return (
    new dashboard.AnnotationQueryBuilder()
      .name('Deployments')
      .datasource({ type: 'grafana', uid: '-- Grafana --' })
      .iconColor('blue')
      // The library wants the query of a data source here; Grafana's own annotations have no type for theirs.
      .target(target as unknown as Builder<Dataquery>)
  );
}
