import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startExposition, startPrometheus, toHistory, withLabels } from './prometheus.ts';
import type { Exposition, PrometheusServer } from './prometheus.ts';
import { waitFor } from './wait-for.ts';

const HOUR_MS = 3_600_000;
const THEN = new Date(Date.now() - HOUR_MS);
const RULES = `
groups:
  - name: test
    rules:
      - { alert: Told, expr: fairlead_told == 2, labels: { severity: critical } }
`;

let source: Exposition;
let prometheus: PrometheusServer;

beforeAll(async () => {
  source = await startExposition('fairlead_told{from="now"} 1\n');
  prometheus = await startPrometheus({
    scrape: [{ job: 'test', targets: [source.address] }],
    rules: RULES,
    scrapeIntervalMs: 200,
    evaluationIntervalMs: 200,
    history: toHistory([
      { at: THEN, text: withLabels('fairlead_told{from="then"} 7\n', { instance: 'gone' }) },
    ]),
  });
});

afterAll(async () => {
  await prometheus.stop();
  await source.stop();
});

function until(expression: string): Promise<unknown> {
  return waitFor(async () => (await prometheus.query(expression)).length, {
    deadlineMs: 60_000,
    what: expression,
  });
}

it('answers what a source tells', async () => {
  await until('fairlead_told{from="now"} == 1');

  expect(await prometheus.query('sum by (job) (fairlead_told)')).toEqual([
    { labels: { job: 'test' }, value: 1 },
  ]);
});

it('answers what was told before it was started', async () => {
  expect(await prometheus.query('fairlead_told', THEN)).toEqual([
    { labels: { __name__: 'fairlead_told', from: 'then', instance: 'gone' }, value: 7 },
  ]);
});

it('answers how a value was over time, and nothing where there was none', async () => {
  const from = new Date(THEN.getTime() - 60_000);

  const lines = await prometheus.queryRange('fairlead_told{from="then"} * 2', {
    ...{ from, to: new Date(THEN.getTime() + 60_000), stepSeconds: 60 },
  });

  expect(lines).toEqual([
    {
      labels: { from: 'then', instance: 'gone' },
      points: [
        { at: THEN, value: 14 },
        { at: new Date(THEN.getTime() + 60_000), value: 14 },
      ],
    },
  ]);
});

it.each([
  ['1 / 0', Infinity],
  ['0 / 0', NaN],
  ['-1 / 0', -Infinity],
])('reads %s', async (expression, value) => {
  expect(await prometheus.query(expression)).toEqual([{ labels: {}, value }]);
});

it('sees an alert begin and end, and a source that is not well', async () => {
  source.show('fairlead_told{from="now"} 2\n');
  await until('ALERTS{alertname="Told", alertstate="firing"}');
  expect(await prometheus.alerts()).toMatchObject([
    { state: 'firing', labels: { alertname: 'Told', from: 'now', severity: 'critical' } },
  ]);

  source.show(undefined);
  await until('up == 0');
  await waitFor(async () => (await prometheus.alerts()).length === 0, {
    deadlineMs: 60_000,
    what: 'the alert to end',
  });
});

it('says what is wrong with an expression', async () => {
  await expect(prometheus.query('sum by')).rejects.toThrow(/Prometheus refused: .*parse error/);
});

it('ends with what the server says when its rules are wrong', async () => {
  await expect(
    startPrometheus({
      scrape: [],
      rules: 'groups: [{ name: wrong, rules: [{ alert: Wrong, expr: "sum by" }] }]',
      scrapeIntervalMs: 200,
      evaluationIntervalMs: 200,
    }),
  ).rejects.toThrow(/prometheus ended with 1: .*parse error/s);
});
