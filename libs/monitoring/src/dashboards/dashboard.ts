/** One dashboard, in no system's words: Grafana and Datadog each draw it in their own form. */
export interface Dashboard {
  /** Fixed for ever: what exists is found by it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  /** Unique within its dashboard, stable: names the panel in links and tests. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly kind: PanelKind;
  readonly unit: Unit;
  /** On a grid 12 wide, in rows as Grafana counts them. */
  readonly place: Place;
  readonly thresholds?: readonly Threshold[];
  /** By legend, where a colour says something. Default: the next of the system's palette. */
  readonly colors?: Readonly<Record<string, Threshold['color']>>;
  /** Shown where there is no data, such as "no deployments". */
  readonly noData?: string;
  /** PromQL with Grafana's variables. None for panels that list alerts or events. */
  readonly prometheus: readonly PrometheusQuery[];
  /** Absent where Datadog needs no query, as for the state of monitors. */
  readonly datadog?: DatadogQueries;
}

export const PANEL_KINDS = [
  'stat',
  'lines',
  'bars',
  'ranking',
  'share',
  'table',
  'states',
  'events',
  'alerts',
] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

export type Unit = 'count' | 'ratio' | 'seconds' | 'percent' | 'state' | 'per-day';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Threshold {
  /** From this value on; the first one has none and holds below. */
  readonly from?: number;
  readonly color: 'red' | 'yellow' | 'green';
}

interface PrometheusQuery {
  readonly expression: string;
  /** Template of the legend, as `{{environment}}`. */
  readonly legend?: string;
  /** One value at the end of the range in place of a line. */
  readonly instant: boolean;
}

interface DatadogQueries {
  /** By name; metric queries, or one event query for a panel of kind `events`. */
  readonly queries: Readonly<Record<string, string>>;
  /** Over these names; absent: each query is shown as it is. */
  readonly formulas?: readonly { readonly formula: string; readonly alias?: string }[];
}
