import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Dashboard, Panel } from '@fairlead/monitoring/definitions';
import type { PrometheusAlert } from '@fairlead/testing/servers/prometheus';
import { asText } from './as-text.ts';
import { chartOf } from './chart.ts';
import { COLORS } from './colors.ts';
import type { PanelData, Series } from './panel-data.ts';

/** Of a row of the grid, in pixels, the gap below it included. */
export const ROW_PX = 38;
export const WIDTH_PX = 1_200;
export const HEAD_PX = 60;

/** As a script of its own: the package exports modules only. */
const CHARTS = readFileSync(
  fileURLToPath(new URL('chart.umd.js', import.meta.resolve('chart.js'))),
  'utf8',
);
const STYLE = `
  body { margin: 0; padding: 12px; width: ${WIDTH_PX - 24}px; font: 13px/1.4 Arial, Helvetica, sans-serif; color: #24292e; background: #f4f5f5 }
  h1 { margin: 0 0 10px; font-size: 18px; font-weight: 600 }
  main { display: grid; grid-template-columns: repeat(12, 1fr); grid-auto-rows: ${ROW_PX - 8}px; gap: 8px }
  section { display: flex; flex-direction: column; background: #fff; border: 1px solid #dfe1e4; border-radius: 3px; padding: 6px 10px; overflow: hidden }
  h2 { margin: 0 0 4px; font-size: 13px; font-weight: 600 }
  .rest { position: relative; flex: 1; min-height: 0 }
  .middle { display: flex; height: 100%; align-items: center; justify-content: center; text-align: center; color: #6e7781 }
  .big { font-size: 40px; font-weight: 600; color: #24292e }
  table { border-collapse: collapse; width: 100% }
  td { padding: 3px 4px; border-top: 1px solid #eceef0 }
  td:last-child { text-align: right; white-space: nowrap }
  .bar { height: 12px; background: #5794f2 }
`;

/** One dashboard as a page: its panels where they are placed, each with what it was answered. */
export function dashboardPage(
  { title }: Pick<Dashboard, 'title'>,
  panels: readonly PanelData[],
  alerts: readonly PrometheusAlert[],
): string {
  const drawn = panels.map((data) => section(data, alerts));
  const charts = panels.flatMap((data) => {
    const chart = chartOf(data);
    return chart === undefined ? [] : [{ id: data.panel.id, chart }];
  });
  // So that no text of ours ends the script.
  const json = JSON.stringify(charts).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${STYLE}</style><script>${CHARTS}</script></head>
<body><h1>${escape(title)}</h1><main>
${drawn.join('\n')}
</main>
<script>
Chart.defaults.animation = false;
Chart.defaults.font.size = 11;
for (const { id, chart } of ${json}) new Chart(document.getElementById(id), chart);
</script></body></html>
`;
}

function section(data: PanelData, alerts: readonly PrometheusAlert[]): string {
  const { x, y, width, height } = data.panel.place;
  const place = `grid-column: ${x + 1} / span ${width}; grid-row: ${y + 1} / span ${height}`;
  return `<section style="${place}"><h2>${escape(data.panel.title)}</h2><div class="rest">${content(data, alerts)}</div></section>`;
}

function content({ panel, series }: PanelData, alerts: readonly PrometheusAlert[]): string {
  if (panel.kind === 'events') return middle('Grafana lists its own annotations here.');
  if (panel.kind === 'alerts') return alertTable(alerts);
  if (series.length === 0) return middle(panel.noData ?? 'no data');
  switch (panel.kind) {
    case 'stat':
      return stat(panel, series);
    case 'table':
      return table(series.map((one) => [one.legend, asText(lastOf(one), panel.unit)]));
    case 'ranking':
      return ranking(panel, series);
    case 'states':
      return table(
        series.map((one) => [one.legend, stateOf(panel, lastOf(one))]),
        false,
      );
    case 'lines':
    case 'bars':
    case 'share':
      return `<canvas id="${panel.id}"></canvas>`;
  }
}

function stat(panel: Panel, [only]: readonly Series[]): string {
  const value = only === undefined ? Number.NaN : lastOf(only);
  const color = panel.thresholds === undefined ? undefined : colorOf(panel, value);
  const style = color === undefined ? '' : ` style="color: ${color}"`;
  return `<div class="middle"><span class="big"${style}>${asText(value, panel.unit)}</span></div>`;
}

function ranking(panel: Panel, series: readonly Series[]): string {
  const highest = Math.max(...series.map(lastOf));
  const longestFirst = [...series].sort((one, other) => lastOf(other) - lastOf(one));
  const rows = longestFirst.map((one) => {
    const width = highest === 0 ? 0 : Math.round((lastOf(one) / highest) * 100);
    return `<tr><td style="width: 34%">${escape(one.legend)}</td><td style="width: 50%; text-align: left"><div class="bar" style="width: ${width}%"></div></td><td>${asText(lastOf(one), panel.unit)}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

function alertTable(alerts: readonly PrometheusAlert[]): string {
  if (alerts.length === 0) return middle('none fires');
  return table(
    alerts.map(({ labels, state }) => [
      `${labels['alertname'] ?? ''}: ${labels['environment'] ?? ''} ${labels['application'] ?? ''}`,
      state,
    ]),
  );
}

/** The second cell is plain text unless it is said to be markup of ours. */
function table(rows: readonly (readonly [string, string])[], isPlain = true): string {
  const lines = rows.map(
    ([name, value]) =>
      `<tr><td>${escape(name)}</td><td>${isPlain ? escape(value) : value}</td></tr>`,
  );
  return `<table>${lines.join('')}</table>`;
}

function stateOf(panel: Panel, value: number): string {
  return `<span style="color: ${colorOf(panel, value)}">●</span> ${asText(value, panel.unit)}`;
}

function colorOf({ thresholds = [] }: Panel, value: number): string {
  const reached = thresholds.findLast(({ from = -Infinity }) => value >= from);
  return COLORS[reached?.color ?? 'green'];
}

function middle(text: string): string {
  return `<div class="middle">${escape(text)}</div>`;
}

function lastOf({ points }: Series): number {
  return points.at(-1)?.value ?? Number.NaN;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
