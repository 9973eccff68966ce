import { AdapterError } from '@fairlead/contracts';
import { rejection, retryAfterMs } from '@fairlead/vendor';
import type { Answer } from '../destination.ts';
import type { Outcome, TwilioAnswer } from './exchange.ts';

/** Where Twilio throttles and names no time. */
const DEFAULT_WAIT_MS = 1_000;
/** https://www.twilio.com/docs/api/errors/21611: the sender's queue is full; it empties by a segment a second or so. */
const QUEUE_FULL = 21_611;
const QUEUE_WAIT_MS = 10 * 60_000;
const SID = /^(?:SM|MM)[0-9a-fA-F]{32}$/;

/**
 * What an attempt means. Twilio knows no keys, so what may have arrived is an answer, `unknown`, and is never sent
 * again. Nothing of Twilio's own words is told: they quote numbers and the account. An error is `vendor-unreachable` or
 * `vendor-throttled` where nothing was taken and it may be tried again, else `vendor-rejected`.
 */
export function verdictOf(name: string, outcome: Outcome): Answer | AdapterError {
  switch (outcome.state) {
    case 'unmade':
      return new AdapterError(
        'vendor-rejected',
        `${name}: no request can be made of account_sid, which begins with AC, and auth_token; one of them is malformed`,
      );
    case 'unsent':
      return new AdapterError('vendor-unreachable', `${name} could not be reached${why(outcome)}`);
    case 'unanswered':
      return unknown(name, `no answer came${why(outcome)}`);
    case 'answered':
      return judge(name, outcome.answer);
  }
}

function judge(name: string, { status, text, retryAfter }: TwilioAnswer): Answer | AdapterError {
  const { code, sid, errorCode } = read(text);
  if (code === QUEUE_FULL) return throttled(name, `${status}, code ${code}`, QUEUE_WAIT_MS);
  if (status === 429) {
    return throttled(name, '429', retryAfterMs(retryAfter) ?? DEFAULT_WAIT_MS);
  }
  if (status === 201 && errorCode !== undefined) return refused(name, status, errorCode);
  if (status === 201) return { state: 'accepted', ...(sid === undefined ? {} : { detail: sid }) };
  if (status === 408 || status >= 500 || status < 300) {
    return unknown(name, `it answered ${status}`);
  }
  return refused(name, status, code);
}

function unknown(name: string, cause: string): Answer {
  return {
    state: 'unknown',
    detail:
      `${name}: ${cause}; the message may have arrived, so it is not sent again: ` +
      'look into Twilio’s message log, and tell the person if it is not there',
  };
}

function throttled(name: string, answered: string, waitMs: number): AdapterError {
  const wait = { retryAfterMs: waitMs };
  return new AdapterError('vendor-throttled', `${name} answered ${answered}`, wait);
}

/** The page of the code says what is wrong and what to do; Twilio asks not to build upon the codes. */
function refused(name: string, status: number, code: number | undefined): AdapterError {
  const text =
    code === undefined ? '' : `code ${code}, see https://www.twilio.com/docs/api/errors/${code}`;
  return rejection(name, { status, text });
}

interface Read {
  /** Why the request was refused. */
  readonly code?: number;
  readonly sid?: string;
  /** Why the message was. */
  readonly errorCode?: number;
}

/** Only what has the form that it must have. */
function read(text: string): Read {
  const { code, sid, error_code: errorCode } = parse(text);
  return {
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof sid === 'string' && SID.test(sid) ? { sid } : {}),
    ...(typeof errorCode === 'number' ? { errorCode } : {}),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function why({ code }: { readonly code?: string }): string {
  return code === undefined ? '' : ` (${code})`;
}
