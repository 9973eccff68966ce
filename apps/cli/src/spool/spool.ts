import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CommandEnd, DeploymentInput, Told } from '@fairlead/contracts';

/** What could not be told while Temporal was out of reach. */
export type SpoolLine =
  /** A deployment that Temporal does not know of yet. */
  | { readonly begin: DeploymentInput }
  | { readonly told: Told }
  /** The end of a command that Temporal knows of. */
  | { readonly end: CommandEnd; readonly which: 'command' | 'undo' };

export interface SpooledDeployment {
  readonly deploymentId: string;
  /** In the order in which they were written. Throws where one of them is not ours. */
  read(): readonly SpoolLine[];
  /** All of it is told, or nobody will ever take it. What was written since stays. */
  remove(): void;
  /** What nobody can read is kept under another name for a person; the rest stays. */
  putAside(): void;
}

/** A line has a file of its own, that appears whole and never changes: it cannot grow between being told and removed. */
const LINE = /^(?<deploymentId>.+)\.(?<stamp>\d{15}-\d{6})-[\da-f-]{36}\.json$/;

let written = 0;

/** `FAIRLEAD_SPOOL`, or a folder of the user's state. */
function spoolFolder(env: NodeJS.ProcessEnv): string {
  const own = env.FAIRLEAD_SPOOL ?? '';
  if (own !== '') return own;
  const state = env.XDG_STATE_HOME ?? '';
  return join(state === '' ? join(homedir(), '.local', 'state') : state, 'fairlead', 'spool');
}

/** Owner only: reasons and last lines are nobody else's. Answers with the file. */
export function spool(env: NodeJS.ProcessEnv, deploymentId: string, line: SpoolLine): string {
  const folder = spoolFolder(env);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  written += 1;
  const stamp = `${String(Date.now()).padStart(15, '0')}-${String(written).padStart(6, '0')}`;
  const file = join(folder, `${deploymentId}.${stamp}-${randomUUID()}.json`);
  writeFileSync(`${file}.part`, JSON.stringify(line), { mode: 0o600 });
  renameSync(`${file}.part`, file);
  return file;
}

/** The one that was written first comes first. */
export function spooled(env: NodeJS.ProcessEnv): readonly SpooledDeployment[] {
  const folder = spoolFolder(env);
  const inOrder = namesIn(folder)
    .flatMap(lineNamed)
    .sort((a, b) => (a.stamp < b.stamp ? -1 : 1));
  return [...Map.groupBy(inOrder, ({ deploymentId }) => deploymentId)].map(([id, own]) =>
    deploymentOf(
      id,
      own.map(({ name }) => join(folder, name)),
    ),
  );
}

interface Line {
  readonly name: string;
  readonly deploymentId: string;
  readonly stamp: string;
}

function lineNamed(name: string): readonly Line[] {
  const { deploymentId, stamp } = LINE.exec(name)?.groups ?? {};
  return deploymentId === undefined || stamp === undefined ? [] : [{ name, deploymentId, stamp }];
}

function deploymentOf(deploymentId: string, files: readonly string[]): SpooledDeployment {
  return {
    deploymentId,
    read: () => files.flatMap(lineOf),
    remove: () => {
      for (const file of files) rmSync(file, { force: true });
    },
    putAside: () => {
      for (const file of files.filter(isUnreadable)) moveAside(file);
    },
  };
}

function moveAside(file: string): void {
  try {
    renameSync(file, `${file}.unreadable`);
  } catch (error) {
    // Another call was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function isUnreadable(file: string): boolean {
  try {
    lineOf(file);
    return false;
  } catch {
    return true;
  }
}

/** None where another call has told it in the meantime. */
function lineOf(file: string): readonly SpoolLine[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as SpoolLine];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
