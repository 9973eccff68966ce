import type { SettingsActivities } from '@fairlead/contracts';
import type { Destination } from './destination.ts';
import { routesOf } from './routing/routes.ts';
import type { RoleRule } from './routing/routes.ts';

/** Routes of a run, from the destinations and roles in force: names, road and kinds, never a secret. */
export function createSettingsActivities({
  destinations,
  roles,
}: {
  readonly destinations: () => readonly Destination[];
  readonly roles: () => readonly RoleRule[];
}): SettingsActivities {
  return {
    settingsSnapshot: ({ environment }) =>
      Promise.resolve({ routes: routesOf(environment, destinations(), roles()) }),
  };
}
