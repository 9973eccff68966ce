import type { z } from 'zod';
import { Secret } from '../secret.ts';
import { fieldMeta } from './field-meta.ts';
import { textSchema } from './fields.ts';
import { explainUrl, isHttpUrl, URL_EXPECTED, URL_PATTERN } from './url.ts';

/** Longer than any key or token: a service's JSON Web Tokens reach some 2,000 characters. */
const MAX_SECRET = 8192;
const VISIBLE = /^\S+$/;
/** `+` and digits; whether a number is real is for `doctor` and the receipts. */
const PHONE_NUMBER = /^\+\d{1,20}$/;
/** https://www.twilio.com/docs/glossary/what-is-a-sid */
const ACCOUNT_SID = /^AC[0-9a-fA-F]{32}$/;
/** Events API v2: https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
const ROUTING_KEY = /^[0-9A-Za-z]{32}$/;

export type SecretField = z.ZodPipe<z.ZodString, z.ZodTransform<Secret, string>>;

export function secretKey(description: string): SecretField {
  return secret({ description, expected: 'a key or token without white space', pattern: VISIBLE });
}

export function routingKey(description: string): SecretField {
  return secret({
    description,
    expected: 'an integration key of 32 letters and digits',
    pattern: ROUTING_KEY,
  });
}

export function accountSid(description: string): SecretField {
  return secret({
    description,
    expected: 'an account SID: AC and 32 hexadecimal digits',
    pattern: ACCOUNT_SID,
  });
}

export function phoneNumber(description: string): SecretField {
  const expected = 'a phone number: + and digits';
  return secret({ description, expected, pattern: PHONE_NUMBER });
}

/** A URL that whoever knows it may post to; `doubt` says what of one that fits should be warned of. */
export function secretUrl(
  description: string,
  doubt?: (value: string) => string | undefined,
): SecretField {
  const inner = textSchema({ pattern: URL_PATTERN, max: MAX_SECRET }).refine(isHttpUrl);
  return seal(inner, {
    ...{ description, expected: URL_EXPECTED, explain: explainUrl },
    ...(doubt === undefined ? {} : { doubt }),
  });
}

interface SecretOptions {
  readonly description: string;
  readonly expected: string;
  readonly pattern: RegExp;
}

function secret({ description, expected, pattern }: SecretOptions): SecretField {
  return seal(textSchema({ pattern, max: MAX_SECRET }), { description, expected });
}

interface SealOptions {
  readonly description: string;
  readonly expected: string;
  readonly explain?: (value: string) => string | undefined;
  readonly doubt?: (value: string) => string | undefined;
}

function seal(inner: z.ZodString, { description, ...meta }: SealOptions): SecretField {
  return inner
    .transform((value) => new Secret(value))
    .describe(description)
    .register(fieldMeta, { kind: 'text', secret: true, ...meta });
}
