import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { isExecutable } from './executable.ts';
import { withLock } from './lock.ts';

/** Where binaries are kept between runs, outside the clone so that several clones share them. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env.FAIRLEAD_CACHE_DIR) return resolve(env.FAIRLEAD_CACHE_DIR);
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fairlead');
}

/**
 * The cached binary at `path`; made first if it is absent, by one process at a time.
 * `make` works in a scratch directory of its own and answers the file to publish, which appears whole or not at all.
 */
export async function cached(
  path: string,
  make: (scratch: string) => Promise<string>,
): Promise<string> {
  if (isExecutable(path)) return path;
  const directory = dirname(path);
  await mkdir(directory, { recursive: true });
  await withLock(`${path}.lock`, async () => {
    if (isExecutable(path)) return;
    // Beside the target, because a rename is atomic only within one file system.
    const scratch = await mkdtemp(join(directory, 'making-'));
    try {
      const made = await make(scratch);
      await chmod(made, 0o755);
      await rename(made, path);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
  return path;
}
