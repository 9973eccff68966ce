import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createLog } from '@fairlead/temporal/logging';
import { freePorts, waitFor } from '@fairlead/testing/servers';
import { openCluster } from './cluster.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fairlead-cluster-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function recordingLog() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  };
  return { lines, log: createLog({ service: 'test', level: 'info', stream: { write } }) };
}

it('logs server and context, and warns once when the API server does not answer', async () => {
  const { lines, log } = recordingLog();
  const KUBECONFIG = join(directory, 'config');
  const [port] = await freePorts(1);
  const server = `https://127.0.0.1:${port}`;
  writeFileSync(
    KUBECONFIG,
    JSON.stringify({
      'current-context': 'dev',
      clusters: [{ name: 'c', cluster: { server } }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'dev', context: { cluster: 'c', user: 'u', namespace: 'ours' } }],
    }),
  );

  const open = await openCluster({ options: {}, env: { KUBECONFIG }, log });
  await waitFor(() => lines.length > 1, { deadlineMs: 60_000, what: 'the warning' });
  open.close();

  expect(open.namespace).toBe('ours');
  const where = { address: server, context: 'dev' };
  expect(lines).toEqual([
    expect.objectContaining({ level: 'info', message: 'cluster configured', ...where }),
    expect.objectContaining({
      level: 'warn',
      ...where,
      reason: expect.stringMatching(/^get \/version in the cluster: ./),
    }),
  ]);
});

it('refuses a kubeconfig that is not there', async () => {
  const { log } = recordingLog();

  const opening = openCluster({ options: {}, env: { KUBECONFIG: '/nope' }, log });

  await expect(opening).rejects.toMatchObject({
    type: 'config-invalid',
    message: expect.stringMatching(/^kubeconfig \/nope \(KUBECONFIG\): there is no such file/),
  });
});
