import { createDestinations } from '@fairlead/notifications';
import type { RoutingSettings } from '@fairlead/notifications';
import type { Log } from '@fairlead/temporal/logging';
import type { FileWatch } from './watch-files.ts';
import { createFileWatch } from './watch-files.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** What is in force now; activities ask it at each call. */
export interface SettingsHolder {
  routing(): RoutingSettings;
  /** Reads again, as a changed file does by itself. A broken new file leaves the old settings in force. */
  reload(): void;
  /** Looks at no file any more. */
  close(): void;
}

export interface SettingsSource {
  readonly load: () => WorkerSettings;
  readonly log: Log;
  readonly linkTo?: (deploymentId: string) => string;
  /** How often files are looked at; default 2 s. */
  readonly lookEveryMs?: number;
}

/** Throws as `load` does when the first reading fails. */
export function createSettingsHolder(source: SettingsSource): SettingsHolder {
  const { log } = source;
  const watch = createFileWatch(reload, source.lookEveryMs);
  let inForce = read(source, watch);

  function reload(): void {
    try {
      const before = pacedNames(inForce);
      inForce = read(source, watch);
      const unserved = pacedNames(inForce).filter((name) => !before.includes(name));
      for (const destination of unserved) {
        log.warn('paced destination is new and is served only after a restart', { destination });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('configuration is broken, the old one stays in force', { reason });
    }
  }

  return {
    routing: () => inForce,
    reload,
    close() {
      watch.close();
    },
  };
}

function read({ load, log, linkTo }: SettingsSource, watch: FileWatch): RoutingSettings {
  const settings = load();
  watch.follow([...settings.files, ...settings.secretFiles]);
  for (const reason of settings.warnings) log.warn('configuration warning', { reason });
  const { dashboard } = settings;
  const context = { log, dashboard, ...(linkTo === undefined ? {} : { linkTo }) };
  const destinations = settings.channels.flatMap((one) => createDestinations(one, context));
  log.info('configuration read', {
    file: settings.files,
    destinations: destinations.map(({ name }) => name),
  });
  const { roles, fallback, severityIn } = settings;
  return { destinations, roles, fallback, severityIn };
}

function pacedNames({ destinations }: RoutingSettings): readonly string[] {
  return destinations.filter(({ road }) => road === 'paced').map(({ name, queue = name }) => queue);
}
