import type { NotifiedKind, Route } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { hindranceOf } from './role-rule.ts';
import type { Happening, RoleRule } from './role-rule.ts';
import type { SeverityIn } from './severity.ts';

type RoutedDestination = Pick<
  Destination,
  'name' | 'channel' | 'road' | 'monitoring' | 'kinds' | 'closes' | 'unasked'
>;

/** The one kind that comes a second time, marked, and is critical then. */
const MARKED: NotifiedKind = 'deployment-failed';

/**
 * Which destination gets which kinds of a run in `environment`: each once, however many roles name it. Pure. What
 * no role names is left out, unless no role decides over it. Without `severityIn` a failure is critical everywhere.
 */
export function routesOf(
  environment: string,
  destinations: readonly RoutedDestination[],
  roles: readonly RoleRule[],
  severityIn?: SeverityIn,
): Route[] {
  const named = new Set(roles.flatMap(({ channels }) => channels));
  const where = { environment, ...(severityIn === undefined ? {} : { severityIn }) };
  return destinations.flatMap(
    ({ name, channel, road, monitoring, kinds, closes = [], unasked }) => {
      if (channel === undefined) {
        return [{ destination: name, road, kinds, ...(monitoring && { monitoring }) }];
      }
      if (unasked !== undefined && !named.has(channel)) {
        return [{ destination: name, road, kinds: unasked }];
      }
      const isWanted = (happening: Pick<Happening, 'kind' | 'mark'>) =>
        roles.some((role) => hindranceOf(role, channel, { ...where, ...happening }) === undefined);
      const wanted = kinds.filter((kind) => isWanted({ kind }));
      const marked =
        kinds.includes(MARKED) &&
        !wanted.includes(MARKED) &&
        isWanted({ kind: MARKED, mark: 'rollback-failed' });
      if (wanted.length === 0 && !marked) return [];
      const passed = kinds.filter((kind) => wanted.includes(kind) || closes.includes(kind));
      return [{ destination: name, road, kinds: passed, ...(marked && { failedRollbacks: true }) }];
    },
  );
}
