import { createHash } from 'node:crypto';
import type { PlainEvent } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';

/** What a body comes to. */
export type Reading =
  | {
      readonly event: PlainEvent;
      /** What it tells of is itself a way back to an earlier version. */
      readonly isRollback?: true;
    }
  /** It is well formed, and no deployment's record holds such a thing. */
  | { readonly passed: string }
  | { readonly wrong: string };

export type Fields = Readonly<Record<string, unknown>>;

/** Headers as Node gives them, in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a body has at a path, if it is text that says something. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  let here = value;
  for (const key of path) here = isFields(here) ? here[key] : undefined;
  return typeof here === 'string' && here !== '' ? here : undefined;
}

/** Shorter than the limit of an event's message, so that the words about what was cut fit too. */
const MESSAGE_LIMIT = 1_900;
const ID_CHARACTERS = 32;

/** The sender's own words, on one line. */
export function wordsOf(text: string | undefined): { readonly message?: string } {
  const message = cleanText(text ?? '', MESSAGE_LIMIT);
  return message === '' ? {} : { message };
}

/** The same deployment ID for the same facts; what a sender calls its deployments seldom fits one. */
export function idOf(prefix: string, ...facts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  return `${prefix}-${digest.slice(0, ID_CHARACTERS)}`;
}

/** The same moment as RFC 3339 in UTC; undefined where it is none. */
export function timeOf(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
