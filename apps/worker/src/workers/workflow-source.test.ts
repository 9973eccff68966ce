import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { workflowSource } from './workflow-source.ts';

let directory: string;
let there: string;
let missing: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-bundle-'));
  there = join(directory, 'there');
  missing = join(directory, 'missing');
  await writeFile(there, '');
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('workflowSource', () => {
  it('takes the bundle that was named, also in a checkout', () => {
    expect(workflowSource({ named: there, sources: there, shipped: there })).toEqual({
      bundle: there,
    });
  });

  it('takes the sources of a checkout although an older bundle lies there', () => {
    expect(workflowSource({ sources: there, shipped: there })).toEqual({ sources: there });
  });

  it('takes the shipped bundle where there are no sources', () => {
    expect(workflowSource({ sources: missing, shipped: there })).toEqual({ bundle: there });
  });

  it('says so when the named bundle, or any, is missing', () => {
    expect(() => workflowSource({ named: missing, sources: there, shipped: there })).toThrow(
      /--workflow-bundle .*no such file/,
    );
    expect(() => workflowSource({ sources: missing, shipped: missing })).toThrow(
      /no workflow bundle/,
    );
  });
});
