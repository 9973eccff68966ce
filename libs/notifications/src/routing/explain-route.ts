import type { Destination } from '../destination.ts';
import { explainRole } from './explain-role.ts';
import type { Refusal, RoleExplanation } from './explain-role.ts';
import { quietVerdict } from './quiet-verdict.ts';
import type { Happening, RoleRule } from './role-rule.ts';
import { routesOf } from './routes.ts';
import { withheldAt } from './withheld.ts';
import type { Withheld } from './withheld.ts';

export interface RouteQuestion extends Happening {
  readonly at: Date;
  readonly destinations: readonly Destination[];
  readonly roles: readonly RoleRule[];
  /** Why a channel that roles name has no destination. */
  readonly absence: (channel: string) => string;
}

/** What becomes of one kind of event at one destination, and why. */
export interface RouteExplanation {
  /** Or the channel that has none. */
  readonly destination: string;
  readonly verdict: 'told' | 'held' | 'dropped' | 'not-told' | Withheld['verdict'];
  /** When the quiet ends, for `held` and `dropped`. RFC 3339, UTC. */
  readonly until?: string;
  readonly why: string;
  readonly roles: readonly RoleExplanation[];
}

/** Every destination, and every channel that a role names in vain. By the same rules as the delivery. Pure. */
export function explainRoute(question: RouteQuestion): readonly RouteExplanation[] {
  const { destinations, roles } = question;
  const known = destinations.map(({ channel }) => channel);
  const named = [...new Set(roles.flatMap(({ channels }) => channels))];
  return [
    ...destinations.map((destination) => explainDestination(destination, question)),
    ...named
      .filter((channel) => !known.includes(channel))
      .map((channel) => explainAbsent(channel, question)),
  ];
}

function explainAbsent(channel: string, question: RouteQuestion): RouteExplanation {
  const why = question.absence(channel);
  const refusal = { verdict: 'no-destination', why } as const;
  return {
    destination: channel,
    verdict: 'not-told',
    why,
    roles: question.roles.map((role) => explainRole(role, { ...question, channel, refusal })),
  };
}

function explainDestination(destination: Destination, question: RouteQuestion): RouteExplanation {
  const { kind, roles } = question;
  const { name, channel, kinds } = destination;
  const withheld = withheldAt(destination, question);
  const refusal: Refusal | undefined = kinds.includes(kind)
    ? withheld
    : { verdict: 'not-its-kind', why: `${name} carries no ${kind}` };
  const explained =
    channel === undefined
      ? []
      : roles.map((role) => explainRole(role, { ...question, channel, refusal }));
  const quiet = quietVerdict({ ...question, destination });
  if (!isRouted(destination, question)) {
    const why = refusal?.verdict === 'not-its-kind' ? refusal.why : 'no role asks for it here';
    return { destination: name, verdict: 'not-told', why, roles: explained };
  }
  if (withheld !== undefined) return { destination: name, ...withheld, roles: explained };
  if (quiet === undefined) {
    const why = whyTold(destination, question, explained);
    return { destination: name, verdict: 'told', why, roles: explained };
  }
  const until = quiet.until.toISOString();
  const holds = quiet.then === 'hold';
  return {
    destination: name,
    verdict: holds ? 'held' : 'dropped',
    until,
    why: `quiet until ${until}: ${holds ? 'told then, in one digest' : 'not told at all'}`,
    roles: explained,
  };
}

function isRouted(destination: Destination, question: RouteQuestion): boolean {
  const { kind, environment, roles, severityIn } = question;
  const [route] = routesOf(environment, [destination], roles, severityIn);
  return route?.kinds.includes(kind) === true;
}

function whyTold(
  { channel, closes }: Destination,
  { kind }: RouteQuestion,
  roles: readonly RoleExplanation[],
): string {
  if (channel === undefined) return 'no role decides over it: it is told of everything';
  const told = roles.filter(({ verdict }) => verdict === 'told').map(({ role }) => role);
  if (told.length > 0) return `for ${told.join(', ')}`;
  if (closes?.includes(kind) === true) return 'closes what it opened: nothing holds that back';
  return `no role names ${channel}: it is told of what has an e-mail template`;
}
