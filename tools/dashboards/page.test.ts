import { describe, expect, it } from '@jest/globals';
import type { Panel } from '@fairlead/monitoring/definitions';
import { asText } from './as-text.ts';
import { chartOf } from './chart.ts';
import { dashboardPage } from './page.ts';
import { ask } from './panel-data.ts';

const AT = new Date('2026-01-02T03:00:00Z');
const SHOWN = { from: new Date('2026-01-02T02:00:00Z'), to: AT };

function aPanel(over: Partial<Panel> = {}): Panel {
  return {
    id: 'by-outcome',
    title: 'By outcome',
    kind: 'stat',
    unit: 'count',
    place: { x: 6, y: 7, width: 3, height: 7 },
    prometheus: [],
    ...over,
  };
}

function drawn(panel: Panel, ...values: readonly (readonly [legend: string, value: number])[]) {
  const series = values.map(([legend, value]) => ({ legend, points: [{ at: AT, value }] }));
  return dashboardPage({ title: 'Any' }, [{ panel, series }], []);
}

it.each([
  [12, 'count', '12'],
  [0.714, 'ratio', '71.4 %'],
  [45.04, 'seconds', '45 s'],
  [330, 'seconds', '5.5 min'],
  [9_000, 'seconds', '2.5 h'],
  [3.25, 'per-day', '3.3 /day'],
  [0, 'state', 'unhealthy'],
] as const)('tells %d of unit %s as %s', (value, unit, text) => {
  expect(asText(value, unit)).toBe(text);
});

describe('a page', () => {
  it('has a panel where it is placed, with its value in the colour that it reached', () => {
    const thresholds = [{ color: 'green' }, { from: 1, color: 'red' }] as const;

    const page = drawn(aPanel({ thresholds }), ['', 2]);

    expect(page).toContain('grid-column: 7 / span 3; grid-row: 8 / span 7');
    expect(page).toContain('style="color: #d44a4a">2<');
  });

  it('says what there is where there is no data', () => {
    expect(drawn(aPanel({ noData: 'no failures' }))).toContain('>no failures<');
  });

  it('ranks what takes longest first', () => {
    const page = drawn(aPanel({ kind: 'ranking' }), ['short', 1], ['long', 9]);

    expect(page.indexOf('>long<')).toBeLessThan(page.indexOf('>short<'));
  });

  it('is no script of whoever named an application', () => {
    const page = drawn(aPanel({ kind: 'bars' }), ['</script><img>', 1]);
    const table = drawn(aPanel({ kind: 'table' }), ['<img>', 1]);

    expect(page).not.toContain('</script><img>');
    expect(table).not.toContain('<td><img>');
  });
});

it('draws a legend in the colour that it has, and a gap where there is no value', () => {
  const panel = aPanel({ kind: 'lines', colors: { failed: 'red' } });
  const before = new Date('2026-01-02T02:55:00Z');
  const series = [
    { legend: 'failed', points: [{ at: before, value: 1 }] },
    { legend: 'other', points: [{ at: AT, value: 2 }] },
  ];

  expect(chartOf({ panel, series })).toMatchObject({
    data: {
      labels: ['02:55', '03:00'],
      datasets: [
        { label: 'failed', borderColor: '#d44a4a', data: [1, null] },
        { label: 'other', data: [null, 2] },
      ],
    },
  });
});

it('asks as Grafana does, and leaves out what is no number', async () => {
  const asked: string[] = [];
  const panel = aPanel({
    prometheus: [
      {
        expression: 'a{environment=~"$environment"}[$__range]',
        legend: '{{environment}}',
        instant: true,
      },
      { expression: 'b[$__interval]', instant: false },
    ],
  });

  const { series } = await ask(
    {
      query: (expression) => {
        asked.push(expression);
        return Promise.resolve([
          { labels: { environment: 'prod' }, value: 3 },
          { labels: { environment: 'empty' }, value: Number.NaN },
        ]);
      },
      queryRange: (expression) => {
        asked.push(expression);
        return Promise.resolve([]);
      },
    },
    panel,
    SHOWN,
  );

  expect(asked).toEqual(['a{environment=~".*"}[3600s]', 'b[300s]']);
  expect(series).toEqual([{ legend: 'prod', points: [{ at: AT, value: 3 }] }]);
});
