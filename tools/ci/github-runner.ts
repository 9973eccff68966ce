import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACTION_FOLDER, readAction } from './ci-files.ts';
import type { ActionStep } from './ci-files.ts';
import { startProcess } from './ci-process.ts';
import type { JobProcess } from './ci-process.ts';

export interface ActionRun {
  /** Of the first step that failed; else of the last. */
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface ActionOptions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Of the job; the runner's own come from here. */
  readonly env: Readonly<Record<string, string>>;
  readonly actionFolder?: string;
  /** Told of each step that begins, to cancel it. */
  readonly onStep?: (name: string, process: JobProcess) => void;
}

/** The variables that GitHub documents, of a run that nobody made. */
export const GITHUB = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '4711',
  GITHUB_SHA: '0123456789012345678901234567890123456789',
  GITHUB_ACTOR: 'kim',
} as const;

/** Runs the composite action step by step as GitHub's runner does: its files, its shell, its expressions, its conditions. */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { cwd, onStep, actionFolder = ACTION_FOLDER } = options;
  const { inputs, outputs, runs } = readAction();
  const temp = await mkdtemp(join(cwd, 'runner-'));
  const given = Object.entries(inputs).map(([name, input]) => [
    ...[`inputs.${name}`, options.inputs[name] ?? input.default ?? ''],
  ]);
  const context: Record<string, string> = {
    ...(Object.fromEntries(given) as Record<string, string>),
    'runner.temp': temp,
  };
  const summaryFile = join(temp, 'summary');
  let path = options.env['PATH'] ?? '';
  let failed: number | null | undefined;
  let log = '';
  for (const [index, step] of runs.steps.entries()) {
    if (failed !== undefined && step.if !== 'always()') continue;
    const files = await createFiles(join(temp, `step-${index}`), step);
    const process = startProcess(
      ['bash', '--noprofile', '--norc', '-eo', 'pipefail', files.script],
      {
        cwd,
        env: {
          ...options.env,
          ...{ PATH: path, RUNNER_TEMP: temp, GITHUB_ACTION_PATH: actionFolder },
          ...{ GITHUB_OUTPUT: files.output, GITHUB_PATH: files.path },
          ...{ GITHUB_ENV: files.env, GITHUB_STEP_SUMMARY: summaryFile },
          ...mapped(step.env ?? {}, context),
        },
      },
    );
    onStep?.(step.name, process);
    const ended = await process.ended;
    log += ended.log;
    if (ended.exitCode !== 0) failed ??= ended.exitCode;
    path = [...(await linesOf(files.path)).toReversed(), path].join(':');
    for (const line of await linesOf(files.output)) {
      const at = line.indexOf('=');
      context[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
    }
  }
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value] as const);
  return {
    exitCode: failed === undefined ? 0 : failed,
    log,
    outputs: mapped(Object.fromEntries(values), context),
    summary: await readFile(summaryFile, 'utf8').catch(() => ''),
  };
}

async function createFiles(folder: string, step: ActionStep) {
  await mkdir(folder);
  const names = ['script', 'output', 'path', 'env'] as const;
  const [script, output, path, env] = names.map((name) => join(folder, name));
  const files = { script, output, path, env } as Record<(typeof names)[number], string>;
  for (const name of names) await writeFile(files[name], name === 'script' ? step.run : '');
  return files;
}

async function linesOf(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
}

/** What is unknown is empty, as at GitHub. */
function mapped(
  values: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      ...[name, value.replace(/\$\{\{ (\S+) \}\}/g, (_, key: string) => context[key] ?? '')],
    ]),
  ) as Record<string, string>;
}
