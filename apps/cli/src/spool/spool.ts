import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { CommandEnd, DeploymentInput, Told } from '@fairlead/contracts';

/** What could not be told while Temporal was out of reach: one line of a deployment's file each, in order. */
export type SpoolLine =
  /** A deployment that Temporal does not know of yet. */
  | { readonly begin: DeploymentInput }
  | { readonly told: Told }
  /** The end of a command that Temporal knows of. */
  | { readonly end: CommandEnd; readonly which: 'command' | 'undo' };

export interface SpooledDeployment {
  readonly deploymentId: string;
  readonly lines: readonly SpoolLine[];
  /** All of it is told, or nobody will ever take it. */
  remove(): void;
  /** Nobody can read it: kept under another name for a person. */
  putAside(): void;
}

const SUFFIX = '.jsonl';

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
  const file = join(folder, `${deploymentId}${SUFFIX}`);
  appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  return file;
}

/** Oldest first: generated IDs begin with the time. */
export function spooled(env: NodeJS.ProcessEnv): readonly SpooledDeployment[] {
  const folder = spoolFolder(env);
  return namesIn(folder).map((name) => {
    const file = join(folder, name);
    return {
      deploymentId: basename(name, SUFFIX),
      // Lazily: the file may have grown, or another call may have told it, by the time its turn comes.
      get lines() {
        return linesOf(file);
      },
      remove: () => {
        rmSync(file, { force: true });
      },
      putAside: () => {
        renameSync(file, `${file}.unreadable`);
      },
    };
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(SUFFIX))
      .sort();
  } catch {
    return [];
  }
}

/** Throws where a line is not ours. */
function linesOf(file: string): readonly SpoolLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SpoolLine);
}
