import type { DashboardLink } from '@fairlead/notifications';
import type { ConfigValues } from '../config-values.ts';

/** Where a person sees a target's dashboard; undefined where the configuration names none. */
export function dashboardLink({
  notification,
}: Pick<ConfigValues, 'notification'>): DashboardLink | undefined {
  const template = notification?.dashboard_url;
  if (template === undefined) return undefined;
  return ({ environment, application }) =>
    template
      .replaceAll('{{environment}}', encodeURIComponent(environment))
      .replaceAll('{{application}}', encodeURIComponent(application));
}
