import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { aRecord } from '@fairlead/client/internal/testing/fixtures';
import { refusedError, unreachableError } from '@fairlead/client/internal/errors/fairlead-error';
import { createIo } from '../io.ts';
import { withReport } from './with-report.ts';

let parent: string;
let folder: string;
let said: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fairlead-report-'));
  folder = join(parent, 'made', 'of it');
  said = '';
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

function options() {
  const stderr = { write: (text: string) => (said += text) };
  const io = createIo({ stdout: { write: () => true }, stderr, env: {} });
  return { folder, deploymentId: 'run-1', io };
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

it('writes what was asked for before it is asked, and how it ended after it', async () => {
  const record = aRecord({ outcome: 'succeeded' });
  let before = '';

  await withReport(options(), () => {
    before = `${read('result.env')}${read('summary.md')}`;
    return Promise.resolve({ exitCode: 0, text: 'done', json: record });
  });

  expect(before).toMatch(/^FAIRLEAD_DEPLOYMENT_ID=run-1\nFAIRLEAD_RECORD=/);
  expect(before).toContain('This job did not see its end');
  expect(readdirSync(folder).sort()).toEqual(['record.json', 'result.env', 'summary.md']);
  expect(read('result.env').split('\n')).toEqual([
    `FAIRLEAD_DEPLOYMENT_ID=${record.deploymentId}`,
    'FAIRLEAD_OUTCOME=succeeded',
    `FAIRLEAD_RECORD=${join(folder, 'record.json')}`,
    '',
  ]);
  expect(read('record.json')).toBe(`${JSON.stringify(record)}\n`);
  expect(read('summary.md')).toMatch(/^### ✔ succeeded: staging\/shop\n/);
});

it('says how a run that goes on is followed', async () => {
  const text = 'Detached; deployment run-1 goes on.';

  await withReport(options(), () => Promise.resolve({ exitCode: 7, text, json: aRecord() }));

  expect(read('result.env')).not.toContain('OUTCOME');
  expect(read('summary.md')).toMatch(/^### goes on: staging\/shop\n[^]*Detached; deployment run-1/);
});

it('has the exit code of a command whose record nobody could give', async () => {
  const json = { deploymentId: 'anew', exitCode: 4 };

  await withReport(options(), () => Promise.resolve({ exitCode: 4, text: '', json }));

  expect(read('result.env')).toContain('FAIRLEAD_DEPLOYMENT_ID=anew\n');
  expect(read('summary.md')).toBe('### the command ended with exit code 4: deployment anew\n');
});

it('tells a refusal, of which there is no deployment, from an error after which one may be on', async () => {
  const refused = refusedError('busy', 'staging/shop is busy');
  await expect(withReport(options(), () => Promise.reject(refused))).rejects.toBe(refused);
  expect(read('result.env')).toMatch(/^FAIRLEAD_OUTCOME=refused\nFAIRLEAD_RECORD=/);
  expect(read('summary.md')).toBe('### ⊘ refused\n\n```\nstaging/shop is busy\n```\n');
  expect(JSON.parse(read('record.json'))).toMatchObject({ error: { type: 'busy', exitCode: 5 } });

  const away = unreachableError('Temporal did not answer');
  await expect(withReport(options(), () => Promise.reject(away))).rejects.toBe(away);
  expect(read('result.env')).toMatch(/^FAIRLEAD_DEPLOYMENT_ID=run-1\nFAIRLEAD_RECORD=/);
  expect(read('summary.md')).toMatch(/^### ended by an error: unreachable\n/);
});

it('asks for nothing where it cannot write, and lets the end stand where it no longer can', async () => {
  const done = { exitCode: 0, text: '', json: aRecord({ outcome: 'succeeded' as const }) };
  let asked = 0;
  writeFileSync(join(parent, 'made'), 'a file');
  const first = withReport(options(), () => {
    asked += 1;
    return Promise.resolve(done);
  });
  await expect(first).rejects.toMatchObject({ exitCode: 2 });
  rmSync(join(parent, 'made'));

  const result = await withReport(options(), () => {
    rmSync(join(parent, 'made'), { recursive: true });
    writeFileSync(join(parent, 'made'), 'a file');
    return Promise.resolve(done);
  });

  expect(asked).toBe(0);
  expect(result).toBe(done);
  expect(said).toMatch(/^The report in .* is not the last word: /);
});
