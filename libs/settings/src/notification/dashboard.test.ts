import { expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { dashboardLink } from './dashboard.ts';

function load(url: string) {
  const text = `notification: { dashboard_url: "${url}" }\n`;
  return loadFullConfig({
    ...{ files: ['fairlead.yaml'], env: {}, cwd: '/project' },
    readFile: () => new TextEncoder().encode(text),
  }).values;
}

it('leads to the target, whatever its name', () => {
  const link = dashboardLink(
    load('https://grafana.example.com/d/x?var-env={{environment}}&var-app={{application}}'),
  );

  expect(link?.({ environment: 'eu west', application: 'shop&co' })).toBe(
    'https://grafana.example.com/d/x?var-env=eu%20west&var-app=shop%26co',
  );
});

it('leads nowhere where no dashboard is named', () => {
  expect(dashboardLink({})).toBeUndefined();
});

it.each([
  [
    'https://grafana.example.com/d/{{env}}',
    /only \{\{environment\}\} and \{\{application\}\} are known/,
  ],
  ['https://ann:secret@grafana.example.com/d/x', /leave user and password out/],
  ['grafana.example.com/d/x', /it begins with https/],
])('is refused as %s', (url, message) => {
  expect(() => load(url)).toThrow(message);
});
