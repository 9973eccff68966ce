import { describe, expect, it } from '@jest/globals';
import { DASHBOARDS } from './all.ts';
import type { Panel } from './dashboard.ts';
import { DEPLOYMENT_ALERTS } from './deployment-alerts.ts';
import { DEPLOYMENT_METRICS } from './deployment-metrics.ts';

const PANELS = DASHBOARDS.flatMap(({ uid, panels }) =>
  panels.map((panel) => [`${uid}/${panel.id}`, panel] as const),
);
const EXPRESSIONS = PANELS.flatMap(([name, { prometheus }]) =>
  prometheus.map(({ expression }) => [name, expression] as const),
);
const QUERIES = PANELS.filter(([, { kind }]) => kind !== 'events').flatMap(([name, { datadog }]) =>
  Object.values(datadog?.queries ?? {}).map((query) => [name, query] as const),
);

function titlesOf({ panels }: { readonly panels: readonly Panel[] }): readonly string[] {
  return panels.map(({ title }) => title);
}

/** Cells of the grid that a panel covers. */
function cellsOf({ place: { x, y, width, height } }: Panel): readonly string[] {
  return Array.from(
    { length: width * height },
    (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`,
  );
}

it('keeps the names by which dashboards are found', () => {
  expect(DASHBOARDS.map(({ uid }) => uid)).toEqual([
    'deployment-metrics',
    'deployment-alerts',
    'fairlead-ops',
    'fairlead-dev',
    'fairlead-lead',
  ]);
});

it('has the panels of the specification', () => {
  expect(titlesOf(DEPLOYMENT_METRICS)).toEqual([
    'Success rate',
    'Running now',
    'Duration',
    'By status',
    'By environment',
    'By type',
  ]);
  expect(titlesOf(DEPLOYMENT_ALERTS)).toEqual(
    expect.arrayContaining([
      'Recent failures',
      'Long-running',
      'Failed rollbacks',
      'Canary issues',
      'State of the four alerts',
    ]),
  );
});

describe.each(DASHBOARDS)('$uid', ({ panels }) => {
  it('names each panel once', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('lays panels side by side, none over another, within 12 columns', () => {
    const cells = panels.flatMap(cellsOf);

    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ place: { x, width } }) => x >= 0 && x + width <= 12)).toBe(true);
  });
});

it.each(PANELS)('%s has queries for both systems unless it lists what they hold', (_, panel) => {
  const lists = panel.kind === 'alerts' || panel.kind === 'events';

  expect(panel.prometheus.length > 0).toBe(!lists);
  expect(panel.datadog !== undefined).toBe(panel.kind !== 'alerts');
  expect(panel.noData !== undefined).toBe(!lists);
});

it.each(EXPRESSIONS)('%s asks each series for what was chosen', (_, expression) => {
  const series = expression.match(/fairlead_\w+/g) ?? [];

  expect(series.length).toBeGreaterThan(0);
  expect(
    expression.match(
      /fairlead_\w+\{[^}]*environment=~"\$environment", application=~"\$application"\}/g,
    ),
  ).toHaveLength(series.length);
});

it.each(EXPRESSIONS)('%s never guesses', (_, expression) => {
  expect(expression).not.toMatch(/\b(increase|rate|irate|delta)\(/);
});

it.each(QUERIES)('%s asks Datadog for what was chosen', (_, query) => {
  expect(query).toMatch(/fairlead\.[a-z._]+\{[^}]*\$environment,\$application\}/);
});
