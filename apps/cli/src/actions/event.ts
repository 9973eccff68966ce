import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { PlainEvent, PlainEventType } from '@fairlead/contracts';
import { readPlainEvent } from '@fairlead/domain';
import { beginEvents } from '../asking/begin-events.ts';
import { createRequestId } from '@fairlead/client/internal/asking/request-id';
import type { EventOptions } from '../commands/event.ts';
import { FairleadError, usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import type { Result } from '../result.ts';
import { deliverSpool } from '../spool/deliver-spool.ts';
import { spoolEvent } from '../spool/spool-event.ts';
import type { Session } from '@fairlead/client/internal/connection/session';
import { withSession } from '../temporal/with-session.ts';
import { tellEvent } from '../asking/tell-event.ts';
import type { EventAnswer } from '../asking/tell-event.ts';

/** Tells what happened, in order; what cannot be told now waits for the next call. */
export async function event(
  type: PlainEventType | '-',
  options: EventOptions,
  io: Io,
): Promise<Result> {
  const events =
    type === '-' ? eventsOf(await text(process.stdin)) : [ofOptions(type, options, io)];
  const answers = await tellAll(events, options, io);
  return {
    exitCode: EXIT.done,
    text: answers.map(({ deploymentId, taken }) => `${deploymentId}: ${WORDS[taken]}`).join('\n'),
    json: { events: answers },
  };
}

const WORDS: Record<EventAnswer['taken'], string> = {
  new: 'told',
  known: 'was told before',
  late: 'had ended already',
  queued: 'waits for its turn',
  spooled: 'Temporal is out of reach; kept for the next call',
};

async function tellAll(
  events: readonly PlainEvent[],
  options: EventOptions,
  io: Io,
): Promise<readonly EventAnswer[]> {
  const told: EventAnswer[] = [];
  try {
    await withSession(io, async (session) => {
      await deliverSpool(session, io);
      for (const one of events) told.push(await tellOne(session, one, options, io));
    });
    return told;
  } catch (error) {
    const isAway = error instanceof FairleadError && error.exitCode === EXIT.unreachable;
    if (!isAway || options.onUnreachable === 'fail') throw error;
    const rest = events.slice(told.length);
    return [...told, ...rest.map((one) => spoolEvent(one, options, io))];
  }
}

function tellOne(
  session: Session,
  one: PlainEvent,
  options: EventOptions,
  io: Io,
): Promise<EventAnswer> {
  return one.type === 'begin' ? beginEvents(session, one, options, io) : tellEvent(session, one);
}

function ofOptions(type: PlainEventType, options: EventOptions, io: Io): PlainEvent {
  const inRun = io.env.FAIRLEAD_DEPLOYMENT_ID ?? '';
  const generated = type === 'begin' ? createRequestId(new Date()) : undefined;
  const deployment = options.deployment ?? (inRun === '' ? generated : inRun);
  if (deployment === undefined) {
    throw usageError(
      '--deployment: missing; give the ID that `fairlead event begin` was told with',
    );
  }
  const { outcome, message, environment, application, tool, reason, component, at } = options;
  const given = { outcome, message, environment, application, tool, reason };
  return checked({
    ...{ type, deployment },
    eventId: options.eventId ?? (type === 'progress' ? randomUUID() : type),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(component === undefined ? {} : { components: component }),
    ...(at === undefined ? {} : { at: at.toISOString() }),
  });
}

/** One object, a list of them, or one a line. */
function eventsOf(input: string): readonly PlainEvent[] {
  const documents = parsed(input);
  if (documents.length === 0) throw usageError('There is no event on standard input.');
  return documents.map(checked);
}

function parsed(input: string): readonly unknown[] {
  try {
    const whole: unknown = JSON.parse(input);
    return Array.isArray(whole) ? whole : [whole];
  } catch {
    return input
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, index) => {
        try {
          return JSON.parse(line) as unknown;
        } catch {
          throw usageError(`Standard input, line ${index + 1}: no JSON.`);
        }
      });
  }
}

function checked(value: unknown): PlainEvent {
  const event = readPlainEvent(value);
  if (typeof event === 'string') throw usageError(`The event is wrong: ${event}.`);
  return event;
}
