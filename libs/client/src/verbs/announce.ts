import { nearest } from '@fairlead/config';
import { EVENT_TYPES } from '@fairlead/contracts';
import type {
  AnnouncementInput,
  DeploymentRecord,
  EventType,
  MessageFacts,
  Receipt,
} from '@fairlead/contracts';
import { Rejection } from '../connection/failures.ts';
import { refusedError, usageError } from '../errors/fairlead-error.ts';
import type { FairleadError } from '../errors/fairlead-error.ts';
import { tellAnnouncement } from '../receipts/announcement.ts';
import { plain } from '../words/plain.ts';
import type { Context } from './context.ts';
import { kindOf } from './event-kind.ts';
import type { RequestOptions } from './options.ts';
import { requestIdOf } from './run.ts';

export type TellOptions = Pick<RequestOptions, 'requestId'>;

export interface SendOptions extends TellOptions {
  /** Only these of the roles that the worker's configuration tells; default: all. */
  readonly roles?: readonly string[];
}

interface Announced {
  readonly to: AnnouncementInput['to'];
  readonly type: EventType;
  readonly record: DeploymentRecord;
  readonly options: SendOptions;
}

/** Has the worker tell of a record: durable once it is answered, and never twice under one request ID. */
export async function announce(
  { session, caller }: Context,
  { to, type, record, options }: Announced,
): Promise<readonly Receipt[]> {
  if (!EVENT_TYPES.includes(type)) {
    throw usageError(`There is no event type "${type}"; there are ${EVENT_TYPES.join(', ')}.`);
  }
  const { roles } = options;
  const input: AnnouncementInput = {
    requestId: requestIdOf(options.requestId),
    to,
    event: {
      ...{ type, kind: kindOf(type, record), at: new Date().toISOString() },
      message: `sent by a program of ${caller.actor}${causeOf(record)}`,
    },
    facts: factsOf(record),
    ...(roles === undefined ? {} : { roles }),
  };
  try {
    return await tellAnnouncement(session, input);
  } catch (error) {
    if (error instanceof Rejection) throw unknownRole(error);
    throw error;
  }
}

function causeOf({ error }: DeploymentRecord): string {
  return error === undefined ? '' : `: ${error.message}`;
}

function factsOf(record: DeploymentRecord): MessageFacts {
  const { events: _e, deliveries: _d, left: _l, steps: _s, ...facts } = record;
  return facts;
}

function unknownRole({ facts: { type, message, detail } }: Rejection): FairleadError {
  const { role = '', roles = [] } = (detail ?? {}) as {
    readonly role?: string;
    readonly roles?: readonly string[];
  };
  const meant = nearest(role, roles);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return refusedError(type, `${plain(message)}${hint}`, { role, roles });
}
