import type { z } from 'zod';
import { fieldMeta } from './field-meta.ts';
import { textSchema } from './fields.ts';
import { explainUrl, hasCredentials, isHttpUrl, URL_EXPECTED, URL_PATTERN } from './url.ts';

const FILLED_IN = /\{\{(?:environment|application)\}\}/g;
const NO_CREDENTIALS = 'everyone who gets a message reads it: leave user and password out';

/** Address of people's own dashboard. */
export const dashboardUrl: z.ZodString = textSchema({ pattern: URL_PATTERN })
  .refine(
    (value) => isHttpUrl(value) && !hasCredentials(value) && unknownField(value) === undefined,
  )
  .describe(
    'Your dashboard, a link in each message; {{environment}} and {{application}} are filled in. Default: no link.',
  )
  .register(fieldMeta, {
    kind: 'text',
    expected: `${URL_EXPECTED} in which {{environment}} and {{application}} are filled in`,
    explain: (value) =>
      hasCredentials(value) ? NO_CREDENTIALS : (unknownField(value) ?? explainUrl(value)),
    sensitive: hasCredentials,
  });

function unknownField(value: string): string | undefined {
  const [braces] = /\{\{|\}\}/.exec(value.replaceAll(FILLED_IN, '')) ?? [];
  return braces && 'only {{environment}} and {{application}} are known';
}
