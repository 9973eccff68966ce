import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resolveTemporalBinary } from './resolve-binary.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-binary-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function program(...path: string[]): Promise<string> {
  const file = join(directory, ...path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
}

function cached(version: string): Promise<string> {
  return program('temporal', `${version}-${process.platform}-${process.arch}`, 'temporal');
}

describe('resolveTemporalBinary', () => {
  it('takes our variable before PATH, and PATH before the cache', async () => {
    const named = await program('named', 'temporal');
    const onPath = await program('bin', 'temporal');
    const inCache = await cached('1.9.1');
    const cache = { FAIRLEAD_CACHE_DIR: directory };
    const path = { ...cache, PATH: `/nowhere:${join(directory, 'bin')}` };

    expect(resolveTemporalBinary({ ...path, FAIRLEAD_TEMPORAL_BIN: named })).toBe(named);
    expect(resolveTemporalBinary(path)).toBe(onPath);
    expect(resolveTemporalBinary(cache)).toBe(inCache);
  });

  it('takes the newest version of the cache', async () => {
    await cached('1.9.1');
    const newest = await cached('1.10.0');

    expect(resolveTemporalBinary({ FAIRLEAD_CACHE_DIR: directory })).toBe(newest);
  });

  it('says how to mend it when there is none', () => {
    expect(() => resolveTemporalBinary({ FAIRLEAD_CACHE_DIR: directory })).toThrow(
      /install the Temporal CLI/,
    );
  });

  it('names the variable when it points nowhere', () => {
    expect(() => resolveTemporalBinary({ FAIRLEAD_TEMPORAL_BIN: '/nowhere/temporal' })).toThrow(
      /FAIRLEAD_TEMPORAL_BIN is \/nowhere\/temporal/,
    );
  });
});
