import type { SettingsActivities } from '@fairlead/contracts';
import type { Destination } from './destination.ts';

/** Routes of a run, from the destinations that are on: names, road and kinds, never a secret. */
export function createSettingsActivities({
  destinations,
}: {
  readonly destinations: () => readonly Destination[];
}): SettingsActivities {
  return {
    settingsSnapshot() {
      const routes = destinations().map(({ name, road, kinds }) => ({
        destination: name,
        road,
        kinds,
      }));
      return Promise.resolve({ routes });
    },
  };
}
