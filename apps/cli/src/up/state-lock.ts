import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';

/** Holds the ID of the process whose sandbox it is. */
const LOCK = 'up.pid';

/** Two workers on one simulated cluster would write over each other. Answers how to give the folder free again. */
export function lockState(state: string): () => void {
  const file = join(state, LOCK);
  mkdirSync(state, { recursive: true });
  if (!tryLock(file)) {
    const pid = readPid(file);
    if (pid !== undefined && isAlive(pid)) throw takenError({ state, pid, file });
    // Its process was killed, and could not take the file away.
    rmSync(file, { force: true });
    if (!tryLock(file)) throw takenError({ state, pid: readPid(file), file });
  }
  const release = () => {
    process.off('exit', release);
    rmSync(file, { force: true });
  };
  process.once('exit', release);
  return release;
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Our own ID is one from before a restart of the container: we have only begun. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process is alive as well.
    return codeOf(error) === 'EPERM';
  }
}

function takenError(taken: {
  readonly state: string;
  readonly pid: number | undefined;
  readonly file: string;
}) {
  const { state, pid = 'unknown', file } = taken;
  return usageError(
    `Another \`fairlead up --sandbox\` (process ${pid}) works in ${state}. Choose another folder with --state; if that process is something else, delete ${file}.`,
  );
}
