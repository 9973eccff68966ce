import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DeploymentRecord, IssueView, Receipt } from '@fairlead/contracts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const LIBRARY = at('../..');
const DOCUMENT = at('../../../../docs/client.md');
const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const TYPES = at('../../../../node_modules/@types');
const IMPORT = "import { connect } from '@fairlead/client';\n";
const PRINT =
  'console.log(JSON.stringify({ succeeded, record, events, messages, healed, issue }));\n';
const run = promisify(execFile);

export const PROGRAMS = ['module.mjs', 'common.cjs'] as const;

/** What the samples answer, in their order. */
export interface Answers {
  readonly succeeded: boolean;
  readonly record: DeploymentRecord;
  readonly events: readonly Receipt[];
  readonly messages: readonly Receipt[];
  readonly healed: boolean;
  readonly issue: IssueView;
}

/** A folder outside of the tree, in which the packed library is installed beside the samples of docs/client.md. */
export interface PackedSamples {
  readonly folder: string;
  run(
    node: string,
    program: (typeof PROGRAMS)[number],
    temporal: NodeJS.ProcessEnv,
  ): Promise<Answers>;
  /** By TypeScript with `strict`. Rejects with what it complains of. */
  compile(): Promise<void>;
  remove(): Promise<void>;
}

export async function packSamples(): Promise<PackedSamples> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-packed-'));
  const keep = (name: string, text: string) => writeFile(join(folder, name), text);
  await run(process.execPath, [join(LIBRARY, 'build.js')]);
  const packed = await run('npm', ['pack', '--json', join(LIBRARY, 'dist')], { cwd: folder });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ readonly filename: string }];
  await keep('package.json', '{ "private": true, "type": "module" }');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`];
  await run('npm', install, { cwd: folder });

  const sample = await readSample();
  await keep('module.mjs', sample + PRINT);
  await keep('strict.ts', sample + PRINT);
  const inner = sample.replace(IMPORT, "const { connect } = await import('@fairlead/client');\n");
  await keep('common.cjs', `(async () => {\n${inner}${PRINT}})();\n`);

  return {
    folder,
    async run(node, program, temporal) {
      const env = { PATH: process.env['PATH'], HOME: folder, ...temporal };
      const { stdout } = await run(node, [program], { cwd: folder, env });
      return JSON.parse(stdout) as Answers;
    },
    async compile() {
      const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
      const types = ['--types', 'node', '--typeRoots', TYPES];
      const compiler = join(TYPESCRIPT, 'bin/tsc');
      await run(process.execPath, [compiler, ...options, ...types, 'strict.ts'], {
        cwd: folder,
      }).catch((error: unknown) => {
        throw new Error((error as { readonly stdout: string }).stdout);
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Word for word what the document shows. */
async function readSample(): Promise<string> {
  const [, sample] = /```ts\n([^`]*)```/.exec(await readFile(DOCUMENT, 'utf8')) ?? [];
  if (!sample?.startsWith(IMPORT)) throw new Error(`${DOCUMENT} shows no sample`);
  return sample;
}
