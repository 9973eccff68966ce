import { createDestination } from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import type { Log } from '@fairlead/temporal/logging';
import type { FileWatch } from './watch-files.ts';
import { createFileWatch } from './watch-files.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** What is in force now; activities ask it at each call. */
export interface SettingsHolder {
  destinations(): readonly Destination[];
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
  let destinations = makeDestinations(source, watch);

  function reload(): void {
    try {
      const before = pacedNames(destinations);
      destinations = makeDestinations(source, watch);
      const unserved = pacedNames(destinations).filter((name) => !before.includes(name));
      for (const destination of unserved) {
        log.warn('paced destination is new and is served only after a restart', { destination });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('configuration is broken, the old one stays in force', { reason });
    }
  }

  return {
    destinations: () => destinations,
    reload,
    close() {
      watch.close();
    },
  };
}

function makeDestinations(
  { load, log, linkTo }: SettingsSource,
  watch: FileWatch,
): readonly Destination[] {
  const settings = load();
  watch.follow([...settings.files, ...settings.secretFiles]);
  for (const reason of settings.warnings) log.warn('configuration warning', { reason });
  log.info('configuration read', {
    file: settings.files,
    destinations: settings.destinations.map(({ name }) => name),
  });
  return settings.destinations.map((one) =>
    createDestination(one, { log, ...(linkTo === undefined ? {} : { linkTo }) }),
  );
}

function pacedNames(destinations: readonly Destination[]): readonly string[] {
  return destinations.filter(({ road }) => road === 'paced').map(({ name }) => name);
}
