import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spool, spooled } from './spool.ts';

let env: { FAIRLEAD_SPOOL: string };

beforeEach(async () => {
  env = { FAIRLEAD_SPOOL: await mkdtemp(join(tmpdir(), 'fairlead-spool-')) };
});

afterEach(() => rm(env.FAIRLEAD_SPOOL, { recursive: true }));

function told(eventId: string) {
  return { told: { eventId, type: 'progress' } } as const;
}

describe('the spool', () => {
  it('keeps the order in which lines were written, and tells deployments apart whose IDs begin alike', () => {
    spool(env, 'build.4', told('first'));
    spool(env, 'build', told('second'));
    spool(env, 'build.4', told('third'));

    expect(spooled(env).map((one) => [one.deploymentId, one.read()])).toEqual([
      ['build.4', [told('first'), told('third')]],
      ['build', [told('second')]],
    ]);
  });

  it('keeps what is written while the rest is being told', () => {
    spool(env, 'build', told('first'));
    const [deployment] = spooled(env);

    deployment?.read();
    spool(env, 'build', told('second'));
    deployment?.remove();

    expect(spooled(env).map((one) => one.read())).toEqual([[told('second')]]);
  });

  it('has nothing to tell of what another call has told meanwhile', () => {
    spool(env, 'build', told('first'));
    const [[mine], [other]] = [spooled(env), spooled(env)];

    other?.remove();

    expect(mine?.read()).toEqual([]);
    expect(() => mine?.remove()).not.toThrow();
  });

  it('puts aside what nobody can read', async () => {
    const file = spool(env, 'build', told('first'));
    await writeFile(file, '{');
    spool(env, 'build', told('second'));
    const [[mine], [other]] = [spooled(env), spooled(env)];

    expect(() => mine?.read()).toThrow(SyntaxError);
    mine?.putAside();
    other?.putAside();

    expect(spooled(env).map((one) => one.read())).toEqual([[told('second')]]);
    expect(await readdir(env.FAIRLEAD_SPOOL)).toContainEqual(
      expect.stringMatching(/^build\..*\.unreadable$/),
    );
  });
});
