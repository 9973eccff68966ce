import { readPlainEvent } from '@fairlead/domain';
import type { Reading } from './reading.ts';

/** The form that `fairlead event -` reads. */
export function readPlain(body: unknown): Reading {
  const event = readPlainEvent(body);
  return typeof event === 'string' ? { wrong: event } : { event };
}
