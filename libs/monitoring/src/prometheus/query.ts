import { AdapterError } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { MetricSource, MonitoringSystem, Sample } from '../monitoring-system.ts';
import { createAsk, jsonOf } from './ask.ts';
import type { Ask, ServerOptions } from './ask.ts';

/** Names the system in errors. */
export const PROMETHEUS = 'prometheus';

const QUERY_PATH = '/api/v1/query';
/** Longest part of its own words that is told on. */
const QUOTE_LENGTH = 300;

/**
 * Answers PromQL, one value for each series at one moment. How far back a value may lie the expression says
 * (`last_over_time(…[5m])`), or else Prometheus, by its look-back of 5 minutes.
 */
export function createPrometheusSource(
  options: ServerOptions,
): Required<Pick<MonitoringSystem, 'metrics' | 'reach'>> {
  const ask = createAsk(PROMETHEUS, options);
  const metrics: MetricSource = {
    query: ({ expression, at }, signal) => instant(ask, { expression, at }, signal),
  };
  return {
    metrics,
    async reach(signal) {
      // Whatever speaks the API answers this, and only to whom it lets in.
      await instant(ask, { expression: 'vector(1)' }, signal);
    },
  };
}

interface InstantQuery {
  readonly expression: string;
  /** Absent: the server's own now. */
  readonly at?: Date;
}

async function instant(
  ask: Ask,
  { expression, at }: InstantQuery,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const form = new URLSearchParams({ query: expression });
  if (at !== undefined) form.set('time', String(at.getTime() / 1_000));
  // As a form, because an expression may be longer than an address.
  const content = { type: 'application/x-www-form-urlencoded', body: form.toString() };
  const answer = await ask({ method: 'POST', path: QUERY_PATH, content }, signal);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer);
  return samplesOf(wireOf(jsonOf(PROMETHEUS, answer)));
}

/** In Prometheus' own words, where it has any: they name the place in the expression. */
function refusal(answer: VendorAnswer): AdapterError {
  const { errorType, error } = wordsOf(answer.text);
  if (error === undefined) return rejection(PROMETHEUS, answer);
  const why = cleanText(`${errorType ?? 'error'}: ${error}`, QUOTE_LENGTH);
  return refused(`refused the query (${answer.status}): ${why}`);
}

function wordsOf(text: string): { readonly errorType?: string; readonly error?: string } {
  try {
    const { errorType, error } = wireOf(JSON.parse(text));
    return {
      ...(typeof errorType === 'string' ? { errorType } : {}),
      ...(typeof error === 'string' ? { error } : {}),
    };
  } catch {
    return {};
  }
}

type Wire = Readonly<Record<string, unknown>>;

function wireOf(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {};
}

function samplesOf(body: Wire): readonly Sample[] {
  const { resultType, result } = wireOf(body['data']);
  if (resultType === 'scalar') return [{ labels: {}, ...pointOf(result) }];
  if (resultType === 'vector' && Array.isArray(result)) {
    return result.map(wireOf).map((series) => ({
      labels: wireOf(series['metric']) as Sample['labels'],
      ...pointOf(series['value']),
    }));
  }
  if (resultType === 'matrix' || resultType === 'string') {
    throw refused(`answered a ${resultType}: the expression must give one number for each series`);
  }
  throw refused('answered no result: something else stands at its address, check the URL');
}

/** Of `[seconds, "value"]`. */
function pointOf(point: unknown): Pick<Sample, 'value' | 'at'> {
  const [seconds, text] = Array.isArray(point) ? (point as unknown[]) : [];
  if (typeof seconds !== 'number' || typeof text !== 'string') {
    throw refused('answered a series without a plain value; a native histogram has none');
  }
  return { value: numberOf(text), at: new Date(seconds * 1_000) };
}

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

function refused(what: string): AdapterError {
  return new AdapterError('vendor-rejected', `${PROMETHEUS} ${what}`);
}
