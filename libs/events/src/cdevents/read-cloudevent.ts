import { HTTP, ValidationError } from 'cloudevents';
import type { Headers, Reading } from '../reading.ts';
import { readCDEvent } from './read-cdevent.ts';

const STRUCTURED = 'application/cloudevents+json';

/** Whether a request is a CloudEvent, in structured or in binary mode. */
export function isCloudEvent(headers: Headers): boolean {
  return headers['ce-id'] !== undefined || mediaType(headers) === STRUCTURED;
}

/** A CDEvent in its CloudEvent. Never throws. */
export function readCloudEvent(headers: Headers, body: string): Reading {
  try {
    const event = HTTP.toEvent({ headers: { ...headers }, body });
    if (Array.isArray(event)) return { wrong: 'a batch of CloudEvents is not taken; send each' };
    return readCDEvent(event.data);
  } catch (error) {
    if (error instanceof ValidationError) return { wrong: `no CloudEvent: ${error.message}` };
    if (error instanceof SyntaxError) return { wrong: 'the body is not JSON' };
    return { wrong: `no CloudEvent: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
}

function mediaType(headers: Headers): string | undefined {
  const type = headers['content-type'];
  return typeof type === 'string' ? type.split(';')[0]?.trim().toLowerCase() : undefined;
}
