import { createSystem } from '@fairlead/monitoring';
import type { MonitoringSystem } from '@fairlead/monitoring';
import { createDestinations } from '@fairlead/notifications';
import type { ChannelSettings, RoutingSettings } from '@fairlead/notifications';
import type { AlertSettings, EventSettings, WatchedPlace } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import { pacedQueues } from '../workers/paced-queues.ts';
import { monitoringDestinations } from './monitoring-destination.ts';
import type { FileWatch } from './watch-files.ts';
import { createFileWatch } from './watch-files.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** What is in force now; activities ask it at each call. */
export interface SettingsHolder {
  routing(): RoutingSettings;
  systems(): readonly MonitoringSystem[];
  /** Those that destinations were made of, with their secrets. */
  channels(): readonly ChannelSettings[];
  /** How alerts are taken; its address is that of the start. */
  alerts(): AlertSettings | undefined;
  /** How events of other tools are read. */
  events(): EventSettings | undefined;
  /** As they were at the start. */
  readonly provision: readonly string[];
  readonly watched: readonly WatchedPlace[];
  /** What was read, and whether a newer reading failed. */
  state(): SettingsState;
  /** Reads again, as a changed file does by itself. A broken new file leaves the old settings in force. */
  reload(): void;
  /** Looks at no file any more. */
  close(): void;
}

export interface SettingsState {
  readonly files: readonly string[];
  readonly warnings: readonly string[];
  /** A newer file that cannot be used: `since` is RFC 3339. Absent: what is there is in force. */
  readonly broken?: { readonly since: string; readonly reason: string };
}

export interface SettingsSource {
  readonly load: () => WorkerSettings;
  readonly log: Log;
  readonly linkTo?: (deploymentId: string) => string;
  /** Told after each reading whether it could be used. */
  readonly onReading?: (usable: boolean) => void;
  /** How often files are looked at; default 2 s. */
  readonly lookEveryMs?: number;
}

/** Throws as `load` does when the first reading fails. */
export function createSettingsHolder(source: SettingsSource): SettingsHolder {
  const { log } = source;
  const watch = createFileWatch(reload, source.lookEveryMs);
  const first = read(source, watch);
  let inForce = first;
  let broken: SettingsState['broken'];

  function reload(): void {
    try {
      const before = pacedQueues(inForce.destinations);
      const address = addressOf(inForce.alerts);
      inForce = read(source, watch);
      broken = undefined;
      source.onReading?.(true);
      const unserved = pacedQueues(inForce.destinations).filter((name) => !before.includes(name));
      for (const destination of unserved) {
        log.warn('paced destination is new and is served only after a restart', { destination });
      }
      if (addressOf(inForce.alerts) !== address) {
        log.warn('the address for alerts is another and counts only after a restart', {
          address: addressOf(inForce.alerts),
        });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      broken = { since: broken?.since ?? new Date().toISOString(), reason };
      source.onReading?.(false);
      log.error('configuration is broken, the old one stays in force', { reason });
    }
  }

  return {
    routing: () => inForce,
    systems: () => inForce.systems,
    channels: () => inForce.channels,
    alerts: () => inForce.alerts,
    events: () => inForce.events,
    provision: first.provision,
    watched: first.watched,
    state: () => ({
      files: inForce.files,
      warnings: inForce.warnings,
      ...(broken === undefined ? {} : { broken }),
    }),
    reload,
    close() {
      watch.close();
    },
  };
}

interface InForce extends RoutingSettings {
  readonly watched: readonly WatchedPlace[];
  readonly systems: readonly MonitoringSystem[];
  readonly channels: readonly ChannelSettings[];
  readonly alerts: AlertSettings | undefined;
  readonly events: EventSettings | undefined;
  readonly provision: readonly string[];
  readonly files: readonly string[];
  readonly warnings: readonly string[];
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
  const { channels, roles, fallback, severityIn, provision, files, warnings } = settings;
  const { remediation, watched, alerts, events } = settings;
  const takeStates = systems.filter(({ states }) => states !== undefined);
  return {
    ...{ destinations, channels, roles, fallback, severityIn, systems, provision, files, warnings },
    ...{ remediation, watched, alerts, events },
    ...(settings.showsProgress
      ? { progress: { systems: takeStates.map(({ name }) => name) } }
      : {}),
  };
}

function addressOf(alerts: AlertSettings | undefined): string | undefined {
  return alerts === undefined ? undefined : `${alerts.host}:${alerts.port}`;
}
