import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer than any build on a small machine: by then the owner is gone, or its process ID means another machine's. */
const STALE_AFTER_MS = 30 * 60_000;
/** Short beside the minutes of a build, long beside the cost of a look. */
const POLL_MS = 250;

/**
 * Runs `work` while holding the lock file `path`, which names its owner's process ID.
 * A dead owner's lock is taken over. Two may take one over at once: what the lock guards is repeatable, so that only wastes time.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  let told = false;
  while (!(await tryLock(path))) {
    if (await isStale(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (!told) process.stderr.write(`setup: waiting for another process that holds ${path}\n`);
    told = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** A hard link appears together with its content, so that no reader meets a lock without an owner. */
async function tryLock(path: string): Promise<boolean> {
  const claim = `${path}.${randomUUID()}`;
  await writeFile(claim, String(process.pid));
  try {
    await link(claim, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(claim, { force: true });
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs > STALE_AFTER_MS || !isAlive(Number(await readFile(path, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** Not by `instanceof Error`: in Jest, Node's own errors come from another realm. */
function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
