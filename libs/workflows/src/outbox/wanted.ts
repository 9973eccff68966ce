import type { Features, SettingsSnapshot } from '@fairlead/contracts';

/** The routes that are left where the caller switched something off for this run. */
export function wantedOf(settings: SettingsSnapshot, features: Features): SettingsSnapshot {
  const routes = settings.routes.filter(({ monitoring }) =>
    monitoring === true ? features.monitoring : features.notifications,
  );
  return features.notifications ? { ...settings, routes } : { routes };
}
