import type { Panel } from '@fairlead/monitoring/definitions';
import type { PrometheusServer } from '@fairlead/testing/servers/prometheus';

/** What one panel shows: one value for each series, or its values over time. */
export interface PanelData {
  readonly panel: Panel;
  readonly series: readonly Series[];
}

export interface Series {
  readonly legend: string;
  readonly points: readonly { readonly at: Date; readonly value: number }[];
}

export interface Shown {
  readonly from: Date;
  readonly to: Date;
}

/** Of a line, and of the range that a bar counts. */
const STEP_SECONDS = 300;

/** Asks each query of a panel as Grafana would, with everything chosen. */
export async function ask(
  prometheus: Pick<PrometheusServer, 'query' | 'queryRange'>,
  panel: Panel,
  shown: Shown,
): Promise<PanelData> {
  const answers = await Promise.all(
    panel.prometheus.map(async ({ expression, legend, instant }) => {
      const asked = withVariables(expression, shown);
      const lines = instant
        ? (await prometheus.query(asked, shown.to)).map(({ labels, value }) => ({
            labels,
            points: [{ at: shown.to, value }],
          }))
        : await prometheus.queryRange(asked, { ...shown, stepSeconds: STEP_SECONDS });
      return lines.map(({ labels, points }) => ({
        legend: filledIn(legend ?? '', labels),
        points: points.filter(({ value }) => Number.isFinite(value)),
      }));
    }),
  );
  return { panel, series: answers.flat().filter(({ points }) => points.length > 0) };
}

function withVariables(expression: string, { from, to }: Shown): string {
  const rangeSeconds = Math.round((to.getTime() - from.getTime()) / 1_000);
  return expression
    .replaceAll(/\$(environment|application)\b/g, '.*')
    .replaceAll(/\$__range\b/g, `${rangeSeconds}s`)
    .replaceAll(/\$__interval\b/g, `${STEP_SECONDS}s`);
}

/** `{{environment}}` by the label. */
function filledIn(legend: string, labels: Readonly<Record<string, string>>): string {
  return legend.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => labels[name] ?? '').trim();
}
