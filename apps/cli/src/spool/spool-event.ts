import { randomUUID } from 'node:crypto';
import type { PlainEvent } from '@fairlead/contracts';
import { toldOf } from '@fairlead/domain';
import { pastInput } from '../asking/begin-events.ts';
import type { EventAnswer } from '../asking/tell-event.ts';
import type { EventOptions } from '../commands/event.ts';
import type { Io } from '../io.ts';
import { spool } from './spool.ts';

/** Keeps an event for the next call, with the time at which it happened. */
export function spoolEvent(event: PlainEvent, options: EventOptions, io: Io): EventAnswer {
  const { deployment: deploymentId } = event;
  if (event.type === 'begin') spool(io.env, deploymentId, { begin: pastInput(event, options, io) });
  const told = { at: new Date().toISOString(), ...toldOf(event, randomUUID) };
  spool(io.env, deploymentId, { told });
  return { deploymentId, taken: 'spooled' };
}
