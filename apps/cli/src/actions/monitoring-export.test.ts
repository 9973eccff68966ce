import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIo } from '../io.ts';
import { run } from '../run.ts';

const CONFIG = `
monitoring_systems:
  runbook_url: https://wiki.test/fairlead
  datadog:
    api_key: "\${DATADOG_API_KEY}"
    app_key: "\${DATADOG_APP_KEY}"
    notify: ["@slack-ops", "@kim@example.com"]
  prometheus: { grafana_url: "https://grafana.test/", grafana_api_key: "\${GRAFANA_API_KEY}" }
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairlead-export-'));
  writeFileSync(join(folder, 'fairlead.yaml'), CONFIG);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function exported(system: string, file: string): Promise<string> {
  const io = createIo({ stdout: { write: () => true }, stderr: { write: () => true }, env: {} });
  const args = ['--system', system, '--config', join(folder, 'fairlead.yaml'), '--out', folder];
  expect(await run(['monitoring', 'export', ...args], io)).toBe(0);
  return readFileSync(join(folder, file), 'utf8');
}

describe('fairlead monitoring export', () => {
  it.each([
    ['prometheus', 'rules.yaml'],
    ['grafana', 'alert-rules.json'],
    ['grafana', 'provisioning/alerting/fairlead.yaml'],
    ['datadog', 'monitor-deployment-failure.json'],
  ])('leads from the alerts of %s to your runbook: %s', async (system, file) => {
    expect(await exported(system, file)).toContain(
      'https://wiki.test/fairlead#a-deployment-ended-failed',
    );
  });

  it('leads from the rules to the dashboard', async () => {
    expect(await exported('prometheus', 'rules.yaml')).toContain(
      'https://grafana.test/d/deployment-alerts',
    );
  });

  it('names who is told by monitors, although no key of Datadog is set', async () => {
    const text = await exported('datadog', 'monitor-canary-deployment-issue.json');

    expect(text).toContain('@slack-ops @kim@example.com');
  });
});
