import { COLORS } from './colors.ts';
import type { PanelData } from './panel-data.ts';

/** In this order, as Grafana's classic palette begins. */
const PALETTE = ['#7eb26d', '#eab839', '#6ed0e0', '#ef843c', '#e24d42', '#1f78c1', '#ba43a9'];
/** Seconds of a panel are shown in minutes: its axis has no room for both. */
const SECONDS_A_MINUTE = 60;

/** A chart as chart.js takes it, or undefined where a panel is no chart or has no data. */
export function chartOf({ panel, series }: PanelData): object | undefined {
  if (series.length === 0) return undefined;
  switch (panel.kind) {
    case 'lines':
    case 'bars':
      return overTime({ panel, series });
    case 'share':
      return share({ panel, series });
    case 'stat':
    case 'table':
    case 'ranking':
    case 'states':
    case 'events':
    case 'alerts':
      return undefined;
  }
}

function overTime({ panel, series }: PanelData): object {
  const isBars = panel.kind === 'bars';
  const times = [
    ...new Set(series.flatMap(({ points }) => points.map(({ at }) => at.getTime()))),
  ].sort((one, other) => one - other);
  const divisor = panel.unit === 'seconds' ? SECONDS_A_MINUTE : 1;
  const datasets = series.map(({ legend, points }, index) => {
    const values = new Map(points.map(({ at, value }) => [at.getTime(), value / divisor]));
    const color = colorOf(panel, legend, index);
    return {
      label: legend,
      data: times.map((time) => values.get(time) ?? null),
      ...{ borderColor: color, backgroundColor: color, borderWidth: isBars ? 0 : 2 },
      ...{ pointRadius: points.length === 1 ? 3 : 0 },
    };
  });
  return {
    type: isBars ? 'bar' : 'line',
    data: { labels: times.map(clock), datasets },
    options: {
      maintainAspectRatio: false,
      plugins: { legend: { position: 'bottom', labels: { boxWidth: 10 } } },
      scales: {
        x: {
          stacked: isBars,
          grid: { display: false },
          ticks: { maxTicksLimit: 8, maxRotation: 0 },
        },
        y: { stacked: isBars, beginAtZero: true, title: axisTitle(panel.unit) },
      },
    },
  };
}

function axisTitle(unit: PanelData['panel']['unit']): object {
  if (unit === 'seconds') return { display: true, text: 'minutes' };
  return unit === 'per-day' ? { display: true, text: 'a day' } : { display: false };
}

function share({ panel, series }: PanelData): object {
  const data = series.map(({ points }) => points.at(-1)?.value ?? 0);
  return {
    type: 'doughnut',
    data: {
      labels: series.map(({ legend }, index) => `${legend}: ${data[index]}`),
      datasets: [
        { data, backgroundColor: series.map(({ legend }, index) => colorOf(panel, legend, index)) },
      ],
    },
    options: {
      maintainAspectRatio: false,
      plugins: { legend: { position: 'right', labels: { boxWidth: 10 } } },
    },
  };
}

function colorOf(
  { colors }: PanelData['panel'],
  legend: string,
  index: number,
): string | undefined {
  const named = colors?.[legend];
  return named === undefined ? PALETTE[index % PALETTE.length] : COLORS[named];
}

/** UTC, as `14:05`. */
function clock(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 16);
}
