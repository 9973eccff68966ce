import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultOfRules, promtool } from '@fairlead/testing/servers/prometheus';
import { parse, stringify } from 'yaml';
import { ALERTS } from '../../alerts/alerts.ts';
import { SCENARIOS } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';
import { rulesFile } from './rules-file.ts';

const OPTIONS = {
  page: true,
  grafanaUrl: 'https://grafana.example.com',
  runbookUrl: 'https://wiki.example.com/runbook',
};

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-rules-'));
  await writeFile(join(directory, 'rules.yaml'), rulesFile(OPTIONS));
});

afterAll(() => rm(directory, { recursive: true }));

/** In the form that `promtool test rules` reads; each label and annotation is compared. */
function unitTest({ alert, series, alerts }: Scenario): string {
  const rule = ALERTS.find(({ id }) => id === alert);
  const filled = (text = '', labels: Readonly<Record<string, string>>) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => labels[name] ?? '');
  return stringify({
    rule_files: ['rules.yaml'],
    evaluation_interval: '15s',
    tests: [
      {
        interval: '15s',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: Object.entries(alerts).map(([time, standing]) => ({
          eval_time: time,
          alertname: rule?.title,
          exp_alerts: standing.map((labels) => ({
            exp_labels: {
              ...labels,
              severity: rule?.severity,
              managed_by: 'fairlead',
              ...(rule?.severity === 'critical' ? { page: 'true' } : {}),
            },
            exp_annotations: {
              summary: filled(rule?.summary, labels),
              description: filled(rule?.description, labels),
              dashboard_url: `${OPTIONS.grafanaUrl}/d/deployment-alerts`,
              runbook_url: `${OPTIONS.runbookUrl}#${rule?.runbook}`,
            },
          })),
        })),
      },
    ],
  });
}

async function testRules(scenario: Scenario): Promise<string> {
  await writeFile(join(directory, 'test.yaml'), unitTest(scenario));
  return promtool(['test', 'rules', 'test.yaml'], directory);
}

describe.each([
  ['every option', OPTIONS],
  ['none', { page: false }],
])('the rules file with %s', (_, options) => {
  it('is as the schema says', () => {
    expect(faultOfRules(parse(rulesFile(options)))).toBeUndefined();
  });

  it('is clean for promtool', async () => {
    await writeFile(join(directory, 'checked.yaml'), rulesFile(options));

    expect(await promtool(['check', 'rules', 'checked.yaml'], directory)).toMatch(
      /SUCCESS: 4 rules found/,
    );
  });
});

it('sees the schema refuse a rule with a word of its own', () => {
  const rules = rulesFile(OPTIONS).replace('annotations:', 'notes:');

  expect(faultOfRules(parse(rules))).toMatch(/additional properties/);
});

it('sees promtool refuse what is not so', async () => {
  const [scenario] = SCENARIOS;
  const wrong = { ...scenario!, alerts: { '5m': [{ environment: 'prod', application: 'shop' }] } };

  await expect(testRules(wrong)).rejects.toThrow(/FAILED/);
});

it.each(SCENARIOS)('$alert: $when', async (scenario) => {
  expect(await testRules(scenario)).toMatch(/SUCCESS/);
});
