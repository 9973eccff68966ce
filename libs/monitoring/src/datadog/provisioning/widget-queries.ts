import type { Panel, Threshold } from '../../dashboards/dashboard.ts';
import type { ConditionalFormat, WidgetFormula, WidgetQuery } from '../client.ts';

type Aggregator = NonNullable<WidgetQuery['aggregator']>;

export function queriesOf(panel: Panel, form: 'scalar' | 'timeseries'): WidgetQuery[] {
  return Object.entries(panel.datadog?.queries ?? {}).map(([name, query]) => ({
    name,
    dataSource: 'metrics',
    query,
    ...(form === 'scalar' ? { aggregator: aggregatorOf(query, panel) } : {}),
  }));
}

/** How the points of a range become the one value that is shown: counts add up, of what runs the last one counts. */
function aggregatorOf(query: string, { unit }: Panel): Aggregator {
  if (unit === 'per-day') return 'avg';
  if (query.includes('.as_count()')) return 'sum';
  if (/^p\d+:/.test(query)) return 'percentile';
  return query.startsWith('avg:') ? 'avg' : 'last';
}

export function formulasOf({ datadog, unit }: Panel): WidgetFormula[] {
  const names = Object.keys(datadog?.queries ?? {});
  const formulas = datadog?.formulas ?? names.map((formula) => ({ formula }));
  return formulas.map(({ formula, ...rest }) => ({
    ...rest,
    formula: unit === 'ratio' ? `100 * (${formula})` : formula,
    ...(unit === 'seconds' ? { numberFormat: SECONDS } : {}),
  }));
}

const SECONDS = { unit: { type: 'canonical_unit', unitName: 'second' } } as const;

/** Beside the value of a `query_value`; ratios are shown in percent. */
export function customUnit({ unit }: Panel): { readonly customUnit?: string } {
  switch (unit) {
    case 'percent':
    case 'ratio':
      return { customUnit: '%' };
    case 'per-day':
      return { customUnit: '/d' };
    case 'count':
    case 'seconds':
    case 'state':
      return {};
  }
}

const PALETTES = {
  red: 'white_on_red',
  yellow: 'white_on_yellow',
  green: 'white_on_green',
} as const satisfies Record<Threshold['color'], ConditionalFormat['palette']>;

/** Datadog takes the first that fits, so the highest comes first, and what holds below all comes last. */
export function formatsOf({ thresholds = [], unit }: Panel): ConditionalFormat[] {
  const limits = thresholds.flatMap(({ from, color }) =>
    from === undefined ? [] : [{ from: unit === 'ratio' ? percentOf(from) : from, color }],
  );
  const highestFirst = limits.toSorted((a, b) => b.from - a.from);
  const lowest = highestFirst.at(-1);
  const below = thresholds.find(({ from }) => from === undefined);
  return [
    ...highestFirst.map(({ from, color }) => format('>=', from, color)),
    ...(lowest === undefined || below === undefined ? [] : [format('<', lowest.from, below.color)]),
  ];
}

function format(
  comparator: '>=' | '<',
  value: number,
  color: Threshold['color'],
): ConditionalFormat {
  return { comparator, value, palette: PALETTES[color] };
}

/** Without what binary fractions add. */
function percentOf(ratio: number): number {
  return Number((ratio * 100).toFixed(6));
}
