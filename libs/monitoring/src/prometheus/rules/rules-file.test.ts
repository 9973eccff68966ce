import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { rulesFile } from './rules-file.ts';

interface RulesFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly {
      readonly alert: string;
      readonly labels: Record<string, string>;
      readonly annotations: Record<string, string>;
      readonly keep_firing_for?: string;
    }[];
  }[];
}

function rulesOf(options: Parameters<typeof rulesFile>[0]) {
  return (parse(rulesFile(options)) as RulesFile).groups.flatMap(({ rules }) => rules);
}

it('has the four alerts with their severities', () => {
  expect(rulesOf({ page: false }).map(({ alert, labels }) => [alert, labels['severity']])).toEqual([
    ['Deployment Failure', 'critical'],
    ['Long-Running Deployment', 'warning'],
    ['Failed Rollback', 'critical'],
    ['Canary Deployment Issue', 'warning'],
  ]);
});

it('says that critical ones page only where Alertmanager owns the page', () => {
  const pages = (page: boolean) => rulesOf({ page }).map(({ labels }) => labels['page']);

  expect(pages(true)).toEqual(['true', undefined, 'true', undefined]);
  expect(pages(false)).toEqual([undefined, undefined, undefined, undefined]);
});

it('leads to dashboard and runbook where they are known', () => {
  const [failure] = rulesOf({
    page: false,
    grafanaUrl: 'https://grafana.example.com/',
    runbookUrl: 'https://wiki.example.com/fairlead',
  });

  expect(failure?.annotations).toMatchObject({
    summary: 'Deployment of {{ $labels.application }} to {{ $labels.environment }} failed',
    dashboard_url: 'https://grafana.example.com/d/deployment-alerts',
    runbook_url: 'https://wiki.example.com/fairlead#a-deployment-ended-failed',
  });
});

it('leaves links out where they are not', () => {
  const [failure] = rulesOf({ page: false });

  expect(Object.keys(failure?.annotations ?? {})).toEqual(['summary', 'description']);
});
