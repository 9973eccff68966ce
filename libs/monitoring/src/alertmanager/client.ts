import { AdapterError } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import { createAsk, jsonOf } from '../prometheus/ask.ts';
import type { ServerOptions } from '../prometheus/ask.ts';
import { assertPostable } from './assert-postable.ts';
import { toFilter } from './matcher.ts';
import type {
  KnownSilence,
  Matcher,
  PostableAlert,
  PostableSilence,
  StandingAlert,
} from './wire.ts';

/** Names the system in receipts and errors. */
export const ALERTMANAGER = 'alertmanager';

/**
 * API v2 of one member; version 1 is gone since 0.27.
 * @throws AdapterError `vendor-unreachable` or `vendor-throttled` to be tried again, `vendor-rejected` with the mend
 */
export interface AlertmanagerClient {
  /** Those that stand: neither resolved nor past their end. Silenced ones stand, too. */
  alerts(filter: readonly Matcher[], signal: AbortSignal): Promise<readonly StandingAlert[]>;
  postAlerts(alerts: readonly PostableAlert[], signal: AbortSignal): Promise<void>;
  /** Those that have exactly these matchers among theirs, expired ones as well. */
  silences(filter: readonly Matcher[], signal: AbortSignal): Promise<readonly KnownSilence[]>;
  /** Answers its ID. */
  postSilence(silence: PostableSilence, signal: AbortSignal): Promise<string>;
  /** Harmless when it is gone. */
  deleteSilence(id: string, signal: AbortSignal): Promise<void>;
}

export function createAlertmanagerClient(options: ServerOptions): AlertmanagerClient {
  const ask = createAsk(ALERTMANAGER, options);

  async function list(path: string, filter: readonly Matcher[], signal: AbortSignal) {
    const query = filter.map((one) => `filter=${encodeURIComponent(toFilter(one))}`).join('&');
    const answer = await ask({ method: 'GET', path: `${path}?${query}` }, signal);
    return listOf(bodyOf(answer));
  }

  async function post(path: string, body: unknown, signal: AbortSignal): Promise<VendorAnswer> {
    const content = { type: 'application/json', body: JSON.stringify(body) };
    return ask({ method: 'POST', path, content }, signal);
  }

  return {
    async alerts(filter, signal) {
      return (await list('/api/v2/alerts', filter, signal)).map(standingOf);
    },
    async postAlerts(alerts, signal) {
      // Of a batch with one bad alert it keeps the good ones, and answers 400 all the same.
      alerts.forEach(assertPostable);
      assertTaken(await post('/api/v2/alerts', alerts, signal));
    },
    async silences(filter, signal) {
      return (await list('/api/v2/silences', filter, signal)).map(silenceOf);
    },
    async postSilence(silence, signal) {
      const answer = await post('/api/v2/silences', silence, signal);
      return textOf(wireOf(bodyOf(answer))['silenceID']);
    },
    async deleteSilence(id, signal) {
      const path = `/api/v2/silence/${encodeURIComponent(id)}`;
      const answer = await ask({ method: 'DELETE', path }, signal);
      if (answer.status !== 404) assertTaken(answer);
    },
  };
}

function assertTaken(answer: VendorAnswer): void {
  if (answer.status < 200 || answer.status > 299) throw rejection(ALERTMANAGER, answer);
}

function bodyOf(answer: VendorAnswer): unknown {
  assertTaken(answer);
  return jsonOf(ALERTMANAGER, answer);
}

type Wire = Readonly<Record<string, unknown>>;

function wireOf(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {};
}

function listOf(value: unknown): readonly Wire[] {
  if (Array.isArray(value)) return value.map(wireOf);
  const why = 'answered no list: something else stands at its address, check the URL';
  throw new AdapterError('vendor-rejected', `${ALERTMANAGER} ${why}`);
}

function standingOf(alert: Wire): StandingAlert {
  const { generatorURL } = alert;
  return {
    labels: wireOf(alert['labels']) as StandingAlert['labels'],
    annotations: wireOf(alert['annotations']) as StandingAlert['annotations'],
    startsAt: textOf(alert['startsAt']),
    ...(typeof generatorURL === 'string' && generatorURL !== '' ? { generatorURL } : {}),
  };
}

function silenceOf(silence: Wire): KnownSilence {
  return {
    id: textOf(silence['id']),
    createdBy: textOf(silence['createdBy']),
    state: textOf(wireOf(silence['status'])['state']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
