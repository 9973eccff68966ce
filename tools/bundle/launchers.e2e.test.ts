import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LAUNCHERS = ['apps/cli/bin/fairlead.js', 'apps/worker/bin/fairlead-worker.js'];

let app: string;

beforeEach(async () => {
  app = await mkdtemp(join(tmpdir(), 'fairlead-launcher-'));
});

afterEach(() => rm(app, { recursive: true, force: true }));

/** An app with these programs, each of which says which one it is. */
async function run(launcher: string, programs: readonly string[], built?: string): Promise<string> {
  await cp(join(ROOT, launcher), join(app, 'bin', 'launcher.js'));
  for (const program of programs) {
    await mkdir(join(app, program, '..'));
    await writeFile(join(app, program), `process.stdout.write(${JSON.stringify(program)});\n`);
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(app, 'bin', 'launcher.js')],
    { env: built === undefined ? {} : { FAIRLEAD_BUILT: built } },
  );
  return stdout;
}

describe.each(LAUNCHERS)('%s', (launcher) => {
  it.each([
    ['a checkout’s sources, although something is built', ['src/main.ts', 'dist/main.js'], ''],
    ['what is built, when it is asked for', ['dist/main.js', 'src/main.ts'], '1'],
    ['what is built, where there are no sources', ['dist/main.js'], undefined],
  ])('runs %s', async (_, programs, built) => {
    const expected = built === '' ? 'src/main.ts' : 'dist/main.js';

    expect(await run(launcher, programs, built)).toBe(expected);
  });

  it('says how to build what it is asked for', async () => {
    await expect(run(launcher, ['src/main.ts'], '1')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^fairlead(-worker)?: FAIRLEAD_BUILT=1, and nothing is built; run npm run build\n$/,
      ) as unknown,
    });
  });
});
