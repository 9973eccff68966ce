import { createSystem } from '@fairlead/monitoring';
import type { MonitoringSystem } from '@fairlead/monitoring';
import { createDestinations } from '@fairlead/notifications';
import type { RoutingSettings } from '@fairlead/notifications';
import type { Log } from '@fairlead/temporal/logging';
import { monitoringDestinations } from './monitoring-destination.ts';
import type { FileWatch } from './watch-files.ts';
import { createFileWatch } from './watch-files.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** What is in force now; activities ask it at each call. */
export interface SettingsHolder {
  routing(): RoutingSettings;
  systems(): readonly MonitoringSystem[];
  /** As they were at the start. */
  readonly provision: readonly string[];
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
  const first = read(source, watch);
  let inForce = first;

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
    systems: () => inForce.systems,
    provision: first.provision,
    reload,
    close() {
      watch.close();
    },
  };
}

interface InForce extends RoutingSettings {
  readonly systems: readonly MonitoringSystem[];
  readonly provision: readonly string[];
}

function read({ load, log, linkTo }: SettingsSource, watch: FileWatch): InForce {
  const settings = load();
  watch.follow([...settings.files, ...settings.secretFiles]);
  for (const reason of settings.warnings) log.warn('configuration warning', { reason });
  const { dashboard } = settings;
  const link = linkTo === undefined ? {} : { linkTo };
  const systems = settings.systems.map((one) => createSystem(one, link));
  const destinations = [
    ...settings.channels.flatMap((one) => createDestinations(one, { log, dashboard, ...link })),
    ...systems.flatMap(monitoringDestinations),
  ];
  log.info('configuration read', {
    file: settings.files,
    destinations: destinations.map(({ name }) => name),
  });
  const { roles, fallback, severityIn, provision } = settings;
  const takeStates = systems.filter(({ states }) => states !== undefined);
  return {
    ...{ destinations, roles, fallback, severityIn, systems, provision },
    ...(settings.showsProgress
      ? { progress: { systems: takeStates.map(({ name }) => name) } }
      : {}),
  };
}

function pacedNames({ destinations }: RoutingSettings): readonly string[] {
  return destinations.filter(({ road }) => road === 'paced').map(({ name, queue = name }) => queue);
}
