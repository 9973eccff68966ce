import { loadCallerConfig, loadFullConfig, renderProblem } from '@fairlead/config';
import type { WorkerOptions } from '../options/worker-options.ts';
import {
  alertSettings,
  channelSettings,
  dashboardLink,
  eventSettings,
  provisionedAtStart,
  remediationPolicy,
  roleRules,
  severityIn,
  showsProgress,
  systemSettings,
  watchedPlaces,
} from '@fairlead/settings';
import { sandboxSettings } from './sandbox-settings.ts';
import type { WorkerSettings } from './worker-settings.ts';

const NOTHING = {
  ...{ roles: [], files: [], secretFiles: [], warnings: [] },
  ...{ systems: [], showsProgress: false, provision: [], watched: [] },
} as const;

/**
 * Reads the worker's configuration. The sandbox and a worker that serves only a cluster need none.
 * Throws `ConfigError` with all that is wrong.
 */
export function loadSettings(
  options: WorkerOptions,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): WorkerSettings {
  if (options.role === 'cluster') return clusterSettings(options, { env, cwd });
  if (options.sandbox !== undefined) return sandboxSettings(options.sandbox);
  const config = loadFullConfig({ files: options.configFiles, env, cwd });
  const { values, files, secretFiles, warnings } = config;
  const channels = [{ channel: 'log' } as const, ...channelSettings(values)];
  return {
    channels,
    systems: systemSettings(values),
    showsProgress: showsProgress(values),
    provision: provisionedAtStart(values),
    roles: roleRules(values),
    fallback: values.notification?.fallback,
    dashboard: dashboardLink(values),
    remediation: remediationPolicy(values),
    watched: values.remediation === undefined ? [] : watchedPlaces(values, options.cluster),
    alerts: alertSettings(values),
    events: eventSettings(config),
    severityIn: severityIn(values),
    files,
    secretFiles,
    warnings: warnings.map(renderProblem),
  };
}

/** Where a file is named, what to watch for issues: of it, only what needs no secret is read. */
function clusterSettings(
  options: WorkerOptions,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): WorkerSettings {
  if (options.configFiles.length === 0) return { ...NOTHING, channels: [] };
  const { values, files } = loadCallerConfig({ files: options.configFiles, env, cwd });
  return { ...NOTHING, channels: [], files, watched: watchedPlaces(values, options.cluster) };
}
