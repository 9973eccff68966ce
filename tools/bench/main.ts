// `npm run bench -- NAME [options]`: runs one bench; without a name it lists them. Each is a file of this folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = import.meta.dirname;

const [name, ...args] = process.argv.slice(2);
const benches = (await readdir(FOLDER))
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.replace(/\.ts$/, ''));
process.exitCode = await run();

async function run(): Promise<number> {
  if (name !== undefined && benches.includes(name)) {
    const child = spawn(process.execPath, [join(FOLDER, `${name}.ts`), ...args], {
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  }
  const list = await Promise.all(benches.map(async (one) => `  ${one}\n    ${await about(one)}\n`));
  process.stderr.write(`npm run bench -- NAME [--json] [options]\n\n${list.join('')}`);
  return name === undefined ? 0 : 2;
}

/** What its first comment says. */
async function about(bench: string): Promise<string> {
  const text = await readFile(join(FOLDER, `${bench}.ts`), 'utf8');
  const comment = /^\/\*\*(.*?)\*\//s.exec(text)?.[1] ?? /^(?:\/\/.*\n)+/.exec(text)?.[0] ?? '';
  return comment
    .replaceAll(/^\s*(?:\*|\/\/)/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
