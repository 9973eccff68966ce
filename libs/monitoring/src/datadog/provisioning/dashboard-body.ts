import type { Dashboard } from '../../dashboards/dashboard.ts';
import type { DashboardBody } from '../client.ts';
import { markerText } from './marker.ts';
import type { Marker } from './marker.ts';
import { toWidgets } from './widget.ts';

/** Variables of each dashboard, `$environment` in its queries; `*` is all. */
const VARIABLES = ['environment', 'application'];

/** Without a marker it is what people see of it, and what files hold. */
export function toDashboard(dashboard: Dashboard, marker?: Marker): DashboardBody {
  const { title, description, panels } = dashboard;
  return {
    title,
    description: marker === undefined ? description : `${description}\n\n${markerText(marker)}`,
    layoutType: 'ordered',
    reflowType: 'fixed',
    templateVariables: VARIABLES.map((name) => ({
      name,
      prefix: name,
      // Null is refused.
      availableValues: [],
      defaults: ['*'],
    })),
    widgets: toWidgets(panels),
  };
}
