import type { Panel, PanelKind } from '../../dashboards/dashboard.ts';
import type { WidgetBody, WidgetDefinition } from '../client.ts';
import { MANAGED_BY } from '../tags.ts';
import { customUnit, formulasOf, formatsOf, queriesOf } from './widget-queries.ts';

/** Of all panels but those that need a query and have none here: they are another system's. */
export function toWidgets(panels: readonly Panel[]): WidgetBody[] {
  return panels
    .filter(({ kind, datadog }) => kind === 'alerts' || datadog !== undefined)
    .map(toWidget);
}

function toWidget(panel: Panel): WidgetBody {
  const { x, y, width, height } = panel.place;
  return { definition: DRAW[panel.kind](panel), layout: { x, y, width, height } };
}

const DRAW: Readonly<Record<PanelKind, (panel: Panel) => WidgetDefinition>> = {
  stat: queryValue,
  lines: (panel) => timeseries(panel, 'line'),
  bars: (panel) => timeseries(panel, 'bars'),
  states: (panel) => timeseries(panel, 'area'),
  ranking: toplist,
  share: sunburst,
  table,
  events: listStream,
  alerts: manageStatus,
};

function head({ title, description }: Panel) {
  return { title, ...(description === undefined ? {} : { description }) };
}

function queryValue(panel: Panel): WidgetDefinition {
  const formats = formatsOf(panel);
  return {
    type: 'query_value',
    ...head(panel),
    autoscale: panel.unit === 'seconds',
    precision: 2,
    ...customUnit(panel),
    requests: [
      {
        responseFormat: 'scalar',
        queries: queriesOf(panel, 'scalar'),
        formulas: formulasOf(panel),
        ...(formats.length === 0 ? {} : { conditionalFormats: formats }),
      },
    ],
  };
}

function timeseries(panel: Panel, displayType: 'line' | 'bars' | 'area'): WidgetDefinition {
  return {
    type: 'timeseries',
    ...head(panel),
    showLegend: true,
    legendLayout: 'auto',
    requests: [
      {
        responseFormat: 'timeseries',
        displayType,
        queries: queriesOf(panel, 'timeseries'),
        formulas: formulasOf(panel),
      },
    ],
  };
}

function toplist(panel: Panel): WidgetDefinition {
  const formats = formatsOf(panel);
  return {
    type: 'toplist',
    ...head(panel),
    requests: [
      {
        responseFormat: 'scalar',
        queries: queriesOf(panel, 'scalar'),
        formulas: formulasOf(panel),
        ...(formats.length === 0 ? {} : { conditionalFormats: formats }),
        sort: { count: 25, orderBy: [{ type: 'formula', index: 0, order: 'desc' }] },
      },
    ],
  };
}

function sunburst(panel: Panel): WidgetDefinition {
  return {
    type: 'sunburst',
    ...head(panel),
    legend: { type: 'table' },
    requests: [
      {
        responseFormat: 'scalar',
        queries: queriesOf(panel, 'scalar'),
        formulas: formulasOf(panel),
      },
    ],
  };
}

function table(panel: Panel): WidgetDefinition {
  const formats = formatsOf(panel);
  return {
    type: 'query_table',
    ...head(panel),
    hasSearchBar: 'never',
    requests: [
      {
        responseFormat: 'scalar',
        queries: queriesOf(panel, 'scalar'),
        formulas: formulasOf(panel).map((formula) => ({
          ...formula,
          ...(formats.length === 0 ? {} : { conditionalFormats: formats }),
        })),
      },
    ],
  };
}

function listStream(panel: Panel): WidgetDefinition {
  const [queryString = 'source:deployment'] = Object.values(panel.datadog?.queries ?? {});
  return {
    type: 'list_stream',
    ...head(panel),
    requests: [
      {
        responseFormat: 'event_list',
        query: { dataSource: 'event_stream', queryString, eventSize: 'l' },
        columns: [],
      },
    ],
  };
}

/** The state of our monitors, whatever a panel asks for. */
function manageStatus(panel: Panel): WidgetDefinition {
  return {
    type: 'manage_status',
    ...head(panel),
    query: `tag:(${MANAGED_BY})`,
    summaryType: 'monitors',
    displayFormat: 'countsAndList',
    colorPreference: 'text',
    hideZeroCounts: false,
    showLastTriggered: true,
    showPriority: true,
    sort: 'status,asc',
  };
}
