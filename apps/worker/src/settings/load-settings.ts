import { loadFullConfig } from '@fairlead/config';
import type { WorkerOptions } from '../options/worker-options.ts';
import { channelSettings, roleRules, severityIn } from '@fairlead/settings';
import type { ConfigValues } from '@fairlead/settings';
import type { WorkerSettings } from './worker-settings.ts';

const NOTHING = { roles: [], files: [], secretFiles: [], warnings: [] } as const;

/**
 * Reads the worker's configuration. The sandbox and a worker that serves only a cluster need none.
 * Throws `ConfigError` with all that is wrong.
 */
export function loadSettings(
  options: WorkerOptions,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): WorkerSettings {
  if (options.role === 'cluster') return { ...NOTHING, channels: [] };
  if (options.sandbox !== undefined) return sandboxSettings(options.sandbox);
  const { values, files, secretFiles } = loadFullConfig({ files: options.configFiles, env, cwd });
  const channels = [{ channel: 'log' } as const, ...channelSettings(values)];
  return {
    channels,
    roles: roleRules(values),
    fallback: values.notification?.fallback,
    severityIn: severityIn(values),
    files,
    secretFiles,
    warnings: notInForce(values).map((path) => `${path} is set, but not in force in this version`),
  };
}

/** What the configuration may hold already and this version does not do. */
function notInForce({ notification }: ConfigValues): string[] {
  return [
    ...(['templates'] as const).flatMap((key) =>
      notification?.[key] === undefined ? [] : [`notification.${key}`],
    ),
  ];
}

function sandboxSettings(directory: string): WorkerSettings {
  return {
    channels: [
      { channel: 'inbox-mail', directory },
      { channel: 'inbox-chat', directory },
      { channel: 'log' },
    ],
    ...NOTHING,
  };
}
