import type { Route, SettingsActivities, SettingsSnapshot } from '@fairlead/contracts';
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
    settingsSnapshot: ({ environment }) => Promise.resolve(snapshotOf(environment, settings())),
  };
}

function snapshotOf(
  environment: string,
  { destinations, roles, fallback, severityIn }: RoutingSettings,
): SettingsSnapshot {
  const routes = routesOf(environment, destinations, roles, severityIn);
  const instead = destinations.filter(({ channel }) => channel && channel === fallback);
  return {
    routes: routes.map((route) => ({ ...mannerByName(destinations, route), ...route })),
    ...(instead.length === 0 ? {} : { fallback: instead.map(wholeRoute) }),
  };
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
