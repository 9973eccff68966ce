import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { bundleWorkflows } from '@fairlead/testing/workflows';

const FOLDER = fileURLToPath(new URL('../__fixtures__/histories/', import.meta.url));
const NAMES = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));

let workflowBundle: NonNullable<ReplayWorkerOptions['workflowBundle']>;

beforeAll(async () => {
  workflowBundle = await bundleWorkflows();
});

async function replay(names: readonly string[]): Promise<Map<string, unknown>> {
  const histories = names.map(async (name) => ({
    workflowId: name,
    history: JSON.parse(await readFile(FOLDER + name, 'utf8')) as unknown,
  }));
  const results = Worker.runReplayHistories({ workflowBundle }, await Promise.all(histories));
  const errors = new Map<string, unknown>();
  for await (const { workflowId, error } of results) errors.set(workflowId, error);
  return errors;
}

describe('stored histories', () => {
  it('hold one of each way a workflow can end', () => {
    expect(NAMES.map((name) => name.replace('.json', '')).sort()).toEqual([
      'blast-radius-asked',
      'confirmation-lost',
      'deployment-aborted',
      'deployment-answered-late',
      'deployment-cancelled',
      'deployment-command',
      'deployment-doomed',
      'deployment-handed-over',
      'deployment-past',
      'deployment-published',
      'deployment-refused',
      'deployment-rolling',
      'deployment-stuck',
      'deployment-succeeded',
      'deployment-told',
      'digest-remembers',
      'digest-told',
      'provisioning-planned',
      'redelivery-delivered',
      'remediation-helped',
      'remediation-overtaken',
      'remediation-refused',
      'target-continued-as-new',
      'target-issue-approved',
      'target-issue-given-up',
      'target-issue-healed',
      'target-issue-overtaken',
      'target-issue-well-by-then',
      'target-published',
      'target-terminated-child',
      'target-workload-well',
    ]);
  });

  it('replay clean on the present workflows', async () => {
    const errors = await replay(NAMES);

    // The iterator hands errors back instead of throwing them, and a run without results proves nothing.
    expect([...errors.keys()].sort()).toEqual([...NAMES].sort());
    expect([...errors.values()].filter((error) => error !== undefined)).toEqual([]);
  });
});
