import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { eventTypeOf } from '@fairlead/domain';
import { explainRoute } from '@fairlead/notifications';
import { loadRouting, warnOfEnvironment } from '../asking/destinations.ts';
import type { NotifyRouteOptions } from '../commands/notify.ts';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { routeText } from '../render/route.ts';
import type { Result } from '../result.ts';

/** Every kind of the event type: what closes an incident goes where its beginning went. */
export function notifyRoute(options: NotifyRouteOptions, io: Io): Result {
  const { event, environment, at = new Date() } = options;
  const routing = loadRouting(options, io);
  warnOfEnvironment(environment, routing, io);
  const kinds = NOTIFIED_KINDS.filter((kind) => eventTypeOf(kind) === event).map((kind) => ({
    kind,
    route: explainRoute({ kind, environment, at, ...routing }),
  }));
  const document = { event, environment, at: at.toISOString(), kinds };
  return { exitCode: EXIT.done, text: routeText(document, io.outStyle), json: document };
}
