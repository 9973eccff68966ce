import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { AdapterError } from '@fairlead/contracts';

/**
 * The `temporal` program: `FAIRLEAD_TEMPORAL_BIN`, then PATH, then the cache that the setup script fills.
 * Throws `config-invalid` with the mend.
 */
export function resolveTemporalBinary(env: NodeJS.ProcessEnv = process.env): string {
  const named = env.FAIRLEAD_TEMPORAL_BIN;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new AdapterError(
      'config-invalid',
      `FAIRLEAD_TEMPORAL_BIN is ${named}, which is no executable file; correct or unset it`,
    );
  }
  const found = [...onPath(env), ...inCache(env)].find(isExecutable);
  if (found !== undefined) return found;
  throw new AdapterError(
    'config-invalid',
    'no temporal program: neither FAIRLEAD_TEMPORAL_BIN, nor PATH, nor the cache has one; install the Temporal CLI, or run `npm run setup` in the clone',
  );
}

function onPath({ PATH = '' }: NodeJS.ProcessEnv): readonly string[] {
  return PATH.split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, 'temporal'));
}

/** `<cache>/temporal/<version>-<platform>-<arch>/temporal`, as tools/setup lays it down; the newest version first. */
function inCache(env: NodeJS.ProcessEnv): readonly string[] {
  const directory = join(cacheDirectory(env), 'temporal');
  const platform = `-${process.platform}-${process.arch}`;
  return entriesOf(directory)
    .filter((name) => name.endsWith(platform))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(directory, name, 'temporal'));
}

function cacheDirectory({ FAIRLEAD_CACHE_DIR, XDG_CACHE_HOME }: NodeJS.ProcessEnv): string {
  if (FAIRLEAD_CACHE_DIR !== undefined && FAIRLEAD_CACHE_DIR !== '') {
    return resolve(FAIRLEAD_CACHE_DIR);
  }
  const base =
    XDG_CACHE_HOME === undefined || XDG_CACHE_HOME === ''
      ? join(homedir(), '.cache')
      : XDG_CACHE_HOME;
  return join(base, 'fairlead');
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
