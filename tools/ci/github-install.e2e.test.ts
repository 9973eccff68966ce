import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createFolder } from '../../apps/cli/e2e/fairlead.ts';
import { GITHUB, runAction } from './github-runner.ts';

/** Stands in for npm: notes how it was called, and makes what `npm ci` would. */
const NPM = `#!/bin/sh
echo "$PWD $*" >> "$HOME/npm-calls"
mkdir -p node_modules/.bin
printf '#!/bin/sh\\necho "installed: $*"\\n' > node_modules/.bin/fairlead
chmod +x node_modules/.bin/fairlead
`;

let folder: Awaited<ReturnType<typeof createFolder>>;

beforeEach(async () => {
  folder = await createFolder();
});

afterEach(() => folder.remove());

it('installs fairlead from its own checkout where none is on the PATH, once', async () => {
  const actionFolder = join(folder.path, 'checkout', 'deploy', 'ci', 'github');
  const bin = join(folder.path, 'bin');
  for (const path of [actionFolder, bin]) await mkdir(path, { recursive: true });
  await writeFile(join(bin, 'npm'), NPM);
  await chmod(join(bin, 'npm'), 0o755);
  const env = { ...GITHUB, PATH: `${bin}:/usr/bin:/bin`, HOME: folder.path };
  const action = { cwd: folder.path, env, actionFolder, inputs: { environment: 'staging' } };

  const runs = [await runAction(action), await runAction(action)];

  for (const { exitCode, log } of runs) {
    expect(exitCode).toBe(0);
    expect(log).toMatch(/^installed: deploy --report=\S+ --environment=staging$/m);
  }
  expect(await readFile(join(folder.path, 'npm-calls'), 'utf8')).toBe(
    `${join(folder.path, 'checkout')} ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace=@fairlead/cli\n`,
  );
});
