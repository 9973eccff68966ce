import type { IncomingMessage } from 'node:http';
import type { AlertSettings } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';
import { showsToken } from './bearer.ts';
import { parseAlerts } from './parse-alerts.ts';
import type { Alerts } from './parse-alerts.ts';
import { readBody } from './read-body.ts';
import { ALERT_RESULTS, takeAlerts } from './take-alerts.ts';
import { createTokenBucket } from './token-bucket.ts';
import type { Rate } from './token-bucket.ts';

export interface AlertTaking {
  /** In force now: a token that was exchanged counts from the next request on. */
  readonly settings: () => AlertSettings | undefined;
  readonly reports: IssueReports;
  readonly log: Log;
  readonly count: (alerts: { source: string; result: string; count: number }) => void;
}

/** What a sender is told. */
export interface Answer {
  readonly status: number;
  /** One line; an object as JSON. */
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** From a request to its answer; undefined where nobody waits for one any more. Never throws. */
export function createAnswers(
  { settings, reports, log, count }: AlertTaking,
  { maxBytes, rate }: { readonly maxBytes: number; readonly rate: Rate },
): (request: IncomingMessage) => Promise<Answer | undefined> {
  const admits = createTokenBucket(rate);
  // Strangers have a bucket of their own, so that they cannot empty that of those who may.
  const admitsStranger = createTokenBucket(rate);

  async function take(alerts: Alerts, inForce: AlertSettings): Promise<Answer> {
    const counts = await takeAlerts(alerts, { settings: inForce, reports, log });
    for (const result of ALERT_RESULTS) {
      count({ source: alerts.source, result, count: counts[result] });
    }
    const { failed, ...taken } = counts;
    if (failed === 0) return { status: 200, body: taken };
    return { status: 503, body: `${failed} of the alerts could not be reported; send them again` };
  }

  return async (request) => {
    const refused = misaddressed(request);
    if (refused !== undefined) return refused;
    const inForce = settings();
    if (inForce === undefined || !showsToken(request.headers.authorization, inForce.token)) {
      return admitsStranger() ? UNAUTHORIZED : TOO_MANY;
    }
    if (!admits()) return TOO_MANY;
    if (!isPlainJson(request)) {
      return { status: 415, body: 'the body must be application/json, and not compressed' };
    }
    const body = await readBody(request, maxBytes);
    if (body === 'cut-off') return undefined;
    if (body === 'too-large') {
      return { status: 413, body: `the body is larger than ${maxBytes} bytes` };
    }
    const parsed = parseAlerts(body.text);
    if ('invalid' in parsed) return { status: 400, body: parsed.invalid };
    if ('tooMany' in parsed) return { status: 413, body: parsed.tooMany };
    return take(parsed, inForce);
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

function misaddressed({ url = '', method }: IncomingMessage): Answer | undefined {
  if (url.split('?')[0] !== '/alerts') return { status: 404, body: 'alerts are taken at /alerts' };
  if (method === 'POST') return undefined;
  return { status: 405, body: 'alerts are taken by POST', headers: { allow: 'POST' } };
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' && (headers['content-encoding'] ?? 'identity') === 'identity';
}
