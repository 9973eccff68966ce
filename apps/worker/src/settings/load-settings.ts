import { loadFullConfig } from '@fairlead/config';
import type { WorkerOptions } from '../options/worker-options.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** Keys of `notification` that are no channels. */
const NOT_CHANNELS = ['page_owner', 'templates'];

const NO_FILES = { files: [], secretFiles: [] } as const;

/**
 * Reads the worker's configuration. The sandbox and a worker that serves only a cluster need none.
 * Throws `ConfigError` with all that is wrong.
 */
export function loadSettings(
  options: WorkerOptions,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): WorkerSettings {
  if (options.role === 'cluster') return { ...NO_FILES, destinations: [], warnings: [] };
  if (options.sandbox !== undefined) return sandboxSettings(options.sandbox);
  const { values, files, secretFiles } = loadFullConfig({ files: options.configFiles, env, cwd });
  const channels = Object.entries(values.notification ?? {})
    .filter(([name, value]) => value !== undefined && !NOT_CHANNELS.includes(name))
    .map(([name]) => name);
  return {
    destinations: [{ name: 'log' }],
    files,
    secretFiles,
    warnings: channels.map(
      (name) => `notification.${name} is on, but this version sends only to the log`,
    ),
  };
}

function sandboxSettings(directory: string): WorkerSettings {
  return {
    destinations: [
      { name: 'inbox-mail', directory },
      { name: 'inbox-chat', directory },
      { name: 'log' },
    ],
    ...NO_FILES,
    warnings: [],
  };
}
