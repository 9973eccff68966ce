import type { EventType, NotifiedKind } from '@fairlead/contracts';
import type { RouteExplanation } from '@fairlead/notifications';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';
import { table } from './table.ts';

export interface RouteDocument {
  readonly event: EventType;
  readonly environment: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly kinds: readonly {
    readonly kind: NotifiedKind;
    readonly route: readonly RouteExplanation[];
  }[];
}

const HEADER = ['DESTINATION', 'ROLE', 'VERDICT', 'WHY'];

/** A table for each kind: a line for a destination, and one for each role below it. */
export function routeText({ event, environment, at, kinds }: RouteDocument, style: Style): string {
  return [
    `${event} in ${environment} at ${at}`,
    ...kinds.flatMap(({ kind, route }) => ['', style.bold(kind), ...table(HEADER, rows(route))]),
  ].join('\n');
}

function rows(route: readonly RouteExplanation[]): string[][] {
  return route.flatMap(({ destination, verdict, why, roles }) => [
    [destination, '', verdict, plain(why)],
    ...roles.map((role) => ['', plain(role.role), role.verdict, plain(role.why)]),
  ]);
}
