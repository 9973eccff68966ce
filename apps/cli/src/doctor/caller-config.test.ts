import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createIo } from '../io.ts';
import { callerConfig } from './caller-config.ts';

const ENVIRONMENTS = `application: shop
components: [{ name: api, image: "registry.test/api:1" }]
environments:
  staging: { namespace: shop }
  production: { cluster: eu }
  nightly: { cluster: eu, namespace: night }
`;
const SLACK = 'notification: { slack: { webhook_url: "${SLACK_URL}" } }\n';
const USED = 'roles: { dev: { channels: [slack], events: [status] } }\n';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairlead-doctor-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string, environment?: string) {
  const file = join(folder, 'fairlead.yaml');
  writeFileSync(file, text);
  const io = createIo({ stdout: { write: () => true }, stderr: { write: () => true }, env: {} });
  return callerConfig(
    { config: [file], ...(environment === undefined ? {} : { environment }) },
    io,
  );
}

it('is content with a valid file, without its secrets, and finds the clusters that it names', () => {
  expect(read(ENVIRONMENTS + SLACK + USED)).toMatchObject({
    check: { state: 'ok', detail: expect.stringMatching(/fairlead\.yaml is valid$/) },
    places: [
      { cluster: 'default', namespaces: ['shop'] },
      { cluster: 'eu', namespaces: ['production', 'night'] },
    ],
  });
});

it('is content without the secret files, which are the worker’s', () => {
  const text = ENVIRONMENTS + SLACK.replace('webhook_url:', 'webhook_url_file:') + USED;

  expect(read(text.replace('${SLACK_URL}', 'secrets/slack')).check.state).toBe('ok');
});

it('looks only at the cluster of the environment that is asked for', () => {
  expect(read(ENVIRONMENTS, 'nightly').places).toEqual([{ cluster: 'eu', namespaces: ['night'] }]);
});

it('fails for an environment that is not there, and says which are', () => {
  expect(read(ENVIRONMENTS, 'nowhere')).toMatchObject({
    check: {
      ...{ state: 'fail', fault: 'configuration' },
      detail: expect.stringMatching(/no environment nowhere; it has staging, production, nightly$/),
    },
    places: [],
  });
});

it('fails for a file that is wrong, and says where', () => {
  expect(read('aplication: shop\n').check).toMatchObject({
    ...{ state: 'fail', fault: 'configuration' },
    detail: expect.stringMatching(/aplication[^]*application/),
  });
});

it('warns where the file’s own rules do', () => {
  const legacy = SLACK.replace(' }', ', username: bot }');

  expect(read(ENVIRONMENTS + legacy + USED).check).toMatchObject({
    state: 'warn',
    detail: expect.stringMatching(/with 1 to be warned of$/),
    mend: '`fairlead config validate` tells them',
  });
});

it.each([
  ['datadog', 'ok'],
  ['fairlead', 'warn'],
])(
  '"says which road wakes people", "`doctor` warns of a second one": beside %s',
  (owner, state) => {
    const second = `notification: { page_owner: ${owner} }
monitoring_systems: { datadog: { api_key: "\${DD}", app_key: "\${DD}", notify: ["@pagerduty-shop"] } }
`;

    expect(read(ENVIRONMENTS + second).check.state).toBe(state);
  },
);
