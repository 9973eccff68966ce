import { ConfigError } from '@fairlead/config';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { explainRoute } from '@fairlead/notifications';
import type { Destination, RouteExplanation } from '@fairlead/notifications';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { toDestinations } from './destinations.ts';
import type { Routing } from './destinations.ts';
import { unknownChannel } from './unknown-channel.ts';

/** Verdicts by which a destination is not told of a kind. */
const SILENT: readonly RouteExplanation['verdict'][] = ['not-told', 'withheld'];

interface Wanted {
  readonly channel?: readonly string[];
  readonly environment?: string;
}

/** A sandbox's own, whatever the file says: only where they are named. */
const INBOXES = (['inbox-mail', 'inbox-chat'] as const).flatMap((channel) =>
  toDestinations({ channel, directory: '.' }),
);

/**
 * The destinations that a test goes to: those of an environment's route, or all; of these, those that are named by
 * their own name or their channel's.
 * @throws FairleadError for a name that is none, and where nothing is left
 * @throws ConfigError where the names are not known, because variables are missing
 */
export function testDestinations(routing: Routing, { channel: names, environment }: Wanted) {
  const routed =
    environment === undefined
      ? routing.destinations
      : routing.destinations.filter((destination) => isTold(destination, environment, routing));
  const found = names === undefined ? routed : named(names, { ...routing, routed });
  if (found.length === 0) throw nobody({ names, environment, routed });
  const { missing } = routing;
  const guessed = routing.misnamed.filter((name) => found.some(({ channel }) => channel === name));
  if (guessed.length > 0 && missing !== undefined) throw whatNames(guessed, missing);
  return found;
}

interface Nobody {
  readonly names: readonly string[] | undefined;
  readonly environment: string | undefined;
  readonly routed: readonly Destination[];
}

function nobody({ names, environment = 'anything', routed }: Nobody) {
  if (names === undefined) {
    return usageError(`Nobody is told of ${environment}; see \`fairlead notify route\`.`);
  }
  const [are, others] = [names.length === 1 ? 'is' : 'are', namesOf(routed).join(', ')];
  return usageError(
    `${names.join(' and ')} ${are} not told of ${environment}; told are ${others || 'none'}. See \`fairlead notify route\`.`,
  );
}

/** What is missing elsewhere is the worker's affair. */
function whatNames(channels: readonly string[], { problems }: ConfigError): ConfigError {
  const needed = problems.filter(({ path }) =>
    channels.some((channel) => path.startsWith(`notification.${channel}.to_numbers`)),
  );
  return new ConfigError(needed);
}

/** As they are asked for. */
function namesOf(destinations: readonly Destination[]): readonly string[] {
  return [...new Set(destinations.map(({ channel, name }) => channel ?? name))];
}

function isTold(destination: Destination, environment: string, routing: Routing): boolean {
  return NOTIFIED_KINDS.some((kind) =>
    explainRoute({
      ...{ ...routing, kind, environment, at: new Date(), destinations: [destination] },
      roles: routing.roles,
    }).some(
      ({ destination: name, verdict }) => name === destination.name && !SILENT.includes(verdict),
    ),
  );
}

function named(
  names: readonly string[],
  { routed, destinations, absence }: Routing & { readonly routed: readonly Destination[] },
): readonly Destination[] {
  const goesBy = (name: string) => (one: Destination) => one.name === name || one.channel === name;
  const unknown = names.find((name) => ![...destinations, ...INBOXES].some(goesBy(name)));
  if (unknown !== undefined) {
    throw unknownChannel(unknown, { absence, names: namesOf(destinations) });
  }
  return [...routed, ...INBOXES].filter((one) => names.some((name) => goesBy(name)(one)));
}
