import type { z } from 'zod';
import { fieldMeta } from './field-meta.ts';
import { textSchema } from './fields.ts';

export const URL_PATTERN = /^https?:\/\/\S+$/;
export const URL_EXPECTED = 'an http or https URL';

export function isHttpUrl(value: string): boolean {
  return URL_PATTERN.test(value) && URL.canParse(value);
}

/** Says what of a URL is amiss without repeating any of it. */
export function explainUrl(value: string): string | undefined {
  if (/^https?:/i.test(value)) return undefined;
  return value.includes('://') ? undefined : 'it has no scheme; it begins with https://';
}

/** The address of a service. Holds no credentials, so that it can be shown when the service is out of reach. */
export function serviceUrl(description: string, credentials: string): z.ZodString {
  return textSchema({ pattern: URL_PATTERN })
    .refine((value) => isHttpUrl(value) && !hasCredentials(value))
    .describe(description)
    .register(fieldMeta, {
      kind: 'text',
      expected: `${URL_EXPECTED} without user and password`,
      explain: (value) => (hasCredentials(value) ? credentials : explainUrl(value)),
      sensitive: hasCredentials,
    });
}

/** Of a service that is called by gRPC too, whose requests have paths of their own. */
export function originUrl(description: string, credentials: string): z.ZodString {
  return textSchema({ pattern: URL_PATTERN })
    .refine((value) => isHttpUrl(value) && !hasCredentials(value) && !hasPath(value))
    .describe(description)
    .register(fieldMeta, {
      kind: 'text',
      expected: `${URL_EXPECTED} without user, password and path`,
      explain: (value) => {
        if (hasCredentials(value)) return credentials;
        if (!isHttpUrl(value)) return explainUrl(value);
        return 'gRPC cannot carry its path; leave scheme, host and port';
      },
      sensitive: hasCredentials,
    });
}

function hasPath(value: string): boolean {
  const { pathname, search } = new URL(value);
  return pathname !== '/' || search !== '';
}

export function hasCredentials(value: string): boolean {
  return /^[a-z]+:\/\/[^/?#]*@/i.test(value);
}
