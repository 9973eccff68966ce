import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel as PanelJson } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel, PanelKind, Threshold, Unit } from '../../dashboards/dashboard.ts';
import { MANAGED_BY, TAG } from '../names.ts';
import type { Sdk } from './sdk.ts';

/** The model's grid is 12 wide, Grafana's 24. */
const COLUMNS = 2;
/** Of one bar and of the window that it counts: shorter than a scrape there is nothing to count. */
const BAR = '1m';
/** A screen full of events. */
const EVENTS = 50;

/** Grafana's own names: https://github.com/grafana/grafana `packages/grafana-data/src/valueFormats/categories.ts` */
const UNITS: Record<Unit, { readonly unit: string; readonly decimals?: number }> = {
  count: { unit: 'short', decimals: 0 },
  ratio: { unit: 'percentunit' },
  seconds: { unit: 's' },
  percent: { unit: 'percent' },
  state: { unit: 'none' },
  'per-day': { unit: 'suffix: /day', decimals: 1 },
};

/** What the builders of all panel types have in common. */
interface Common extends Builder<PanelJson> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  gridPos(place: { h: number; w: number; x: number; y: number }): this;
  datasource(ref: { type: string; uid: string }): this;
  withTarget(query: Builder<Dataquery>): this;
  unit(unit: string): this;
  overrideByName(name: string, properties: { id: string; value: unknown }[]): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  thresholds(thresholds: ReturnType<typeof stepsOf>): this;
}

/** `number` is unique within the dashboard, from 1: Grafana's links name a panel by it. */
export function toPanel(sdk: Sdk, panel: Panel, number: number): Common {
  const { x, y, width, height } = panel.place;
  const builder = BUILDERS[panel.kind](sdk, panel)
    .id(number)
    .title(panel.title)
    .gridPos({ x: x * COLUMNS, y, w: width * COLUMNS, h: height });
  if (panel.description !== undefined) builder.description(panel.description);
  // These list what Grafana itself holds.
  if (panel.kind === 'events' || panel.kind === 'alerts') return builder;

  const { unit, decimals } = UNITS[panel.unit];
  builder.datasource(sdk.datasource).unit(unit);
  if (decimals !== undefined) builder.decimals(decimals);
  for (const [legend, fixedColor] of Object.entries(panel.colors ?? {})) {
    builder.overrideByName(legend, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  }
  if (panel.noData !== undefined) builder.noValue(panel.noData);
  if (panel.thresholds !== undefined) builder.thresholds(stepsOf(sdk, panel.thresholds));
  panel.prometheus.forEach((query, index) => {
    const target = new sdk.prometheus.DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .expr(query.expression)
      .datasource(sdk.datasource);
    if (query.legend !== undefined) target.legendFormat(query.legend);
    if (panel.kind === 'table') target.format(sdk.prometheus.PromQueryFormat.Table);
    builder.withTarget(query.instant ? target.instant() : target.range());
  });
  return builder;
}

const BUILDERS: Record<PanelKind, (sdk: Sdk, panel: Panel) => Common> = {
  stat({ stat, common }, panel) {
    const builder = new stat.PanelBuilder()
      .graphMode(common.BigValueGraphMode.None)
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']));
    // Without thresholds there is nothing that a colour could say.
    return panel.thresholds === undefined
      ? builder.colorMode(common.BigValueColorMode.None)
      : builder.colorMode(common.BigValueColorMode.Value);
  },
  lines({ timeseries, common }) {
    return new timeseries.PanelBuilder()
      .drawStyle(common.GraphDrawStyle.Line)
      .showPoints(common.VisibilityMode.Auto)
      .min(0);
  },
  bars({ timeseries, common }) {
    return new timeseries.PanelBuilder()
      .drawStyle(common.GraphDrawStyle.Bars)
      .fillOpacity(80)
      .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'))
      .interval(BAR)
      .min(0);
  },
  ranking({ bargauge, common }) {
    return new bargauge.PanelBuilder()
      .orientation(common.VizOrientation.Horizontal)
      .displayMode(common.BarGaugeDisplayMode.Basic)
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
      .min(0);
  },
  share({ piechart, common }) {
    return new piechart.PanelBuilder()
      .pieType(piechart.PieChartType.Donut)
      .displayLabels([piechart.PieChartLabels.Name, piechart.PieChartLabels.Value])
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']));
  },
  table({ table, common }) {
    return new table.PanelBuilder()
      .withTransformation({ id: 'merge', options: {} })
      .withTransformation({
        id: 'organize',
        options: { excludeByName: { Time: true }, indexByName: {}, renameByName: {} },
      })
      .sortBy([new common.TableSortByFieldStateBuilder().displayName('Value').desc(true)]);
  },
  states({ statetimeline, dashboard }) {
    return new statetimeline.PanelBuilder().mergeValues(true).mappings([
      {
        type: dashboard.MappingType.ValueToText,
        options: {
          '0': { text: 'unhealthy', color: 'red', index: 0 },
          '1': { text: 'healthy', color: 'green', index: 1 },
        },
      },
    ]);
  },
  events({ annotationslist }) {
    return new annotationslist.PanelBuilder()
      .tags([TAG.deployment])
      .limit(EVENTS)
      .onlyFromThisDashboard(false)
      .onlyInTimeRange(true)
      .showTags(true)
      .showTime(true)
      .showUser(false);
  },
  alerts({ dashboard }) {
    return new dashboard.PanelBuilder().type('alertlist').options({
      viewMode: 'list',
      groupMode: 'default',
      groupBy: [],
      maxItems: 20,
      // The most important first.
      sortOrder: 3,
      dashboardAlerts: false,
      alertName: '',
      alertInstanceLabelFilter: `{${MANAGED_BY.label}="${MANAGED_BY.value}"}`,
      stateFilter: { firing: true, pending: true, error: true, noData: false, normal: true },
    });
  },
};

function stepsOf({ dashboard }: Sdk, thresholds: readonly Threshold[]) {
  return new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps(thresholds.map(({ from, color }) => ({ value: from ?? null, color })));
}
