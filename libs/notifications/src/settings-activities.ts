import type {
  RemediationPolicy,
  Route,
  SettingsActivities,
  SettingsSnapshot,
} from '@fairlead/contracts';
import type { Destination } from './destination.ts';
import { mannerOf } from './routing/manner.ts';
import { routesOf } from './routing/routes.ts';
import type { RoutingSettings } from './routing/routing-settings.ts';

/** Routes of a run, by what is in force when it begins: names and numbers, never a secret. */
export function createSettingsActivities({
  settings,
}: {
  readonly settings: () => RoutingSettings;
}): SettingsActivities {
  return {
    settingsSnapshot: ({ environment, roles }) => {
      const inForce = settings();
      const snapshot = snapshotOf(
        environment,
        roles === undefined ? inForce : narrowed(inForce, roles),
      );
      const names = inForce.roles.map(({ name }) => name);
      return Promise.resolve(roles === undefined ? snapshot : { ...snapshot, roles: names });
    },
    remediationPolicy: ({ environment }) => Promise.resolve(policyOf(environment, settings())),
  };
}

/** A channel that none of these roles names is left out: naming roles never tells more people. */
function narrowed(settings: RoutingSettings, names: readonly string[]): RoutingSettings {
  const roles = settings.roles.filter(({ name }) => names.includes(name));
  const channels = new Set(roles.flatMap((role) => role.channels));
  const destinations = settings.destinations.filter(
    ({ channel }) => channel === undefined || channels.has(channel),
  );
  return { ...settings, roles, destinations };
}

function policyOf(
  environment: string,
  { remediation, progress }: RoutingSettings,
): RemediationPolicy | null {
  const policy = remediation?.(environment);
  if (policy === undefined) return null;
  return { ...policy, ...(progress === undefined ? {} : { systems: progress.systems }) };
}

function snapshotOf(
  environment: string,
  { destinations, roles, fallback, progress, severityIn }: RoutingSettings,
): SettingsSnapshot {
  const routes = routesOf(environment, destinations, roles, severityIn);
  const instead = destinations.filter(({ channel }) => channel && channel === fallback);
  return {
    routes: [...routes, ...closingRoutes(instead, routes)].map((route) => ({
      ...mannerByName(destinations, route),
      ...route,
    })),
    ...(instead.length === 0 ? {} : { fallback: instead.map(wholeRoute) }),
    ...(progress === undefined ? {} : { progress }),
  };
}

/** What a fallback has opened for another it must be told the end of, in this run or in a later one. */
function closingRoutes(fallback: readonly Destination[], routes: readonly Route[]): Route[] {
  return fallback
    .filter(({ name }) => !routes.some(({ destination }) => destination === name))
    .flatMap(({ name, road, closes }) =>
      closes === undefined ? [] : [{ destination: name, road, kinds: closes }],
    );
}

/** In place of another it takes whatever that would have taken. */
function wholeRoute(destination: Destination): Route {
  const { name, kinds } = destination;
  return { ...mannerOf(destination), destination: name, kinds };
}

function mannerByName(destinations: readonly Destination[], { destination }: Route) {
  const found = destinations.find(({ name }) => name === destination);
  return found === undefined ? {} : mannerOf(found);
}
