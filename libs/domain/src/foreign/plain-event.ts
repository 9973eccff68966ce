import { FINISHES, PLAIN_EVENTS, REQUEST_ID } from '@fairlead/contracts';
import type { PlainEvent, Told, ToldType } from '@fairlead/contracts';

const TEXTS = [
  'eventId',
  'message',
  'at',
  'environment',
  'application',
  'tool',
  'actor',
  'reason',
] as const satisfies readonly (keyof PlainEvent)[];
const KEYS: readonly string[] = ['type', 'deployment', 'outcome', 'components', ...TEXTS];

/** Reads one that came from outside; answers with what is wrong, in one sentence, where it is none. */
export function readPlainEvent(value: unknown): PlainEvent | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'an event is one JSON object';
  }
  const event = value as Record<string, unknown>;
  const unknown = Object.keys(event).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `an event has no "${unknown}"; it has ${KEYS.join(', ')}`;
  if (!isOneOf(PLAIN_EVENTS, event.type)) return `type is one of ${PLAIN_EVENTS.join(', ')}`;
  if (typeof event.deployment !== 'string' || !REQUEST_ID.test(event.deployment)) {
    return 'deployment is an ID of 1 to 63 characters of a-z, 0-9 and -, the first and last no -';
  }
  if (event.outcome !== undefined && !isOneOf(FINISHES, event.outcome)) {
    return `outcome is one of ${FINISHES.join(', ')}`;
  }
  if (event.outcome !== undefined && event.type !== 'finish') return 'outcome belongs to a finish';
  const noText = TEXTS.find((key) => event[key] !== undefined && typeof event[key] !== 'string');
  if (noText !== undefined) return `${noText} is text`;
  if (event.components !== undefined && !isComponents(event.components)) {
    return 'components is a list of objects with name and image';
  }
  return value as PlainEvent;
}

/** What it tells its deployment. `id` makes a progress without an ID of its own one. */
export function toldOf(
  { type, outcome = 'succeeded', eventId, message, at }: PlainEvent,
  id: () => string,
): Told {
  const told: ToldType = type === 'finish' ? outcome : TOLD[type];
  return {
    eventId: eventId ?? (type === 'progress' ? id() : type),
    type: told,
    ...(message === undefined ? {} : { message }),
    ...(at === undefined ? {} : { at }),
  };
}

const TOLD = { begin: 'begun', progress: 'progress', rollback: 'rollback-begun' } as const;

function isOneOf(known: readonly string[], value: unknown): boolean {
  return known.some((one) => one === value);
}

function isComponents(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        ['name', 'image'].every((key) => {
          const text = (one as Record<string, unknown>)[key];
          return typeof text === 'string' && text !== '';
        }),
    )
  );
}
