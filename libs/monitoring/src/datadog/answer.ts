import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, rejection } from '@fairlead/vendor';
import { DATADOG } from './client.ts';
import type { DatadogAnswer } from './client.ts';

/** An object as it stands on the wire. */
export type Wire = Readonly<Record<string, unknown>>;

/** @throws AdapterError `vendor-rejected` unless it is a success */
export function assertTaken(answer: DatadogAnswer): void {
  if (answer.status < 200 || answer.status > 299) throw rejection(DATADOG, answer);
}

/** @throws AdapterError `vendor-rejected` unless it is a success with JSON that was read whole */
export function bodyOf(answer: DatadogAnswer): unknown {
  assertTaken(answer);
  try {
    return JSON.parse(answer.text) as unknown;
  } catch {
    const why = answer.cut
      ? `more than ${ANSWER_LIMIT_BYTES / 1024} KiB: ask for less`
      : `${answer.status} without JSON: something else stands at its address, check site and api_url`;
    throw new AdapterError('vendor-rejected', `${DATADOG} answered ${why}`);
  }
}

export function wireOf(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {};
}

export function listOf(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.map(wireOf) : [];
}

/** Of a text or a number; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
