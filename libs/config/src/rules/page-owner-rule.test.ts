import { expect, it } from '@jest/globals';
import { loadText } from '../in-memory-files.ts';

const DATADOG =
  '  datadog: { api_key: k, app_key: a, notify: ["@slack-ops", "@pagerduty-shop"] }\n';

function warningsOf(owner: string, systems: string): string[] {
  const text = `notification: { page_owner: ${owner} }\nmonitoring_systems:\n${systems}`;
  return loadText(text, {}).warnings.map(({ path, message }) => `${path}: ${message}`);
}

it('warns of a second road that wakes people', () => {
  expect(warningsOf('fairlead', DATADOG)).toEqual([
    expect.stringMatching(/^monitoring_systems\.datadog\.notify\[1\]: a second road .* fairlead;/),
  ]);
});

it.each([
  ['datadog', '  prometheus: {}\n', 'monitoring_systems.datadog'],
  ['alertmanager', DATADOG.replace(', "@pagerduty-shop"', ''), 'monitoring_systems.prometheus'],
])(
  'warns that nobody is woken where %s owns the page and is not there',
  (owner, systems, block) => {
    expect(warningsOf(owner, systems)).toEqual([
      `notification.page_owner: nobody is woken: ${block} is not there, or off`,
    ]);
  },
);

it.each([
  ['datadog', DATADOG],
  ['alertmanager', '  prometheus: {}\n'],
  ['none', '  prometheus: {}\n'],
])('is content with one road: %s', (owner, systems) => {
  expect(warningsOf(owner, systems)).toEqual([]);
});
