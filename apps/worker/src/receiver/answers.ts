import type { IncomingMessage } from 'node:http';
import type { AlertSettings } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';
import { answerAlerts } from './alerts/answer-alerts.ts';
import type { Answer } from './answer.ts';
import { showsToken } from './bearer.ts';
import { answerEvent } from './events/answer-event.ts';
import type { EventTaking } from './events/answer-event.ts';
import { EVENT_PATHS, isEventPath } from './events/paths.ts';
import { readBody } from './read-body.ts';
import { isSigned, showsSignature } from './signature.ts';
import { createTokenBucket } from './token-bucket.ts';
import type { Rate } from './token-bucket.ts';

export interface Taking {
  /** In force now: a token that was exchanged counts from the next request on. */
  readonly settings: () => AlertSettings | undefined;
  readonly reports: Pick<IssueReports, 'report'>;
  readonly events: EventTaking;
  readonly log: Log;
  readonly count: (alerts: { source: string; result: string; count: number }) => void;
}

interface AnswerLimits {
  readonly maxBytes: number;
  readonly rate: Rate;
  readonly eventRate: Rate;
}

/** From a request to its answer; undefined where nobody waits for one any more. Never throws. */
export function createAnswers(
  { settings, reports, events, log, count }: Taking,
  { maxBytes, rate, eventRate }: AnswerLimits,
): (request: IncomingMessage) => Promise<Answer | undefined> {
  // Many events leave alerts their own.
  const admitsAlerts = createTokenBucket(rate);
  const admitsEvent = createTokenBucket(eventRate);
  // Strangers have a bucket of their own, so that they cannot empty that of those who may.
  const admitsStranger = createTokenBucket(rate);

  return async (request) => {
    const { headers } = request;
    const path = pathOf(request);
    const refused = misaddressed(path, request.method);
    if (refused !== undefined) return refused;
    const inForce = settings();
    const forEvents = isEventPath(path);
    const mayBeSigned = forEvents && headers.authorization === undefined && isSigned(headers);
    if (inForce === undefined) return admitsStranger() ? UNAUTHORIZED : TOO_MANY;
    if (!mayBeSigned && !showsToken(headers.authorization, inForce.token)) {
      return admitsStranger() ? UNAUTHORIZED : TOO_MANY;
    }
    const admits = forEvents ? admitsEvent : admitsAlerts;
    // Who signs is known only by the body: made-up signatures must not use up what others have.
    if (!mayBeSigned && !admits()) return TOO_MANY;
    if (!isPlainJson(request, forEvents)) {
      return { status: 415, body: 'the body must be application/json, and not compressed' };
    }
    const body = await readBody(request, maxBytes);
    if (body === 'cut-off') return undefined;
    if (body === 'too-large') {
      return { status: 413, body: `the body is larger than ${maxBytes} bytes` };
    }
    if (mayBeSigned) {
      if (!showsSignature(headers, body.text, inForce.token)) {
        return admitsStranger() ? UNAUTHORIZED : TOO_MANY;
      }
      if (!admits()) return TOO_MANY;
    }
    if (forEvents) return answerEvent({ path, headers, text: body.text }, events);
    return answerAlerts(body.text, inForce, { reports, log, count });
  };
}

const UNAUTHORIZED: Answer = {
  status: 401,
  body: 'the bearer token is missing or is not the one of remediation.receiver',
  headers: { 'www-authenticate': 'Bearer' },
};
const TOO_MANY: Answer = {
  status: 429,
  body: 'too many requests',
  headers: { 'retry-after': '1' },
};

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function misaddressed(path: string, method: string | undefined): Answer | undefined {
  if (path !== '/alerts' && !isEventPath(path)) {
    return {
      status: 404,
      body: `alerts are taken at /alerts, events at ${EVENT_PATHS.join(', ')}`,
    };
  }
  if (method === 'POST') return undefined;
  return { status: 405, body: 'alerts and events are taken by POST', headers: { allow: 'POST' } };
}

function isPlainJson({ headers }: IncomingMessage, forEvents: boolean): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isJson =
    type === 'application/json' || (forEvents && type === 'application/cloudevents+json');
  return isJson && (headers['content-encoding'] ?? 'identity') === 'identity';
}
