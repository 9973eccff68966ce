import type { z } from 'zod';
import { fieldMeta } from './field-meta.ts';
import { textSchema } from './fields.ts';

export const CHANNELS = ['firebase', 'slack', 'teams', 'sms', 'pagerduty'] as const;

const DESTINATION =
  /^(?:firebase|slack|teams|sms|pagerduty|slack:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)$/;

/** A channel, or one named destination of Slack. */
export function destination(description: string): z.ZodString {
  return textSchema({ pattern: DESTINATION, max: 80 })
    .describe(description)
    .register(fieldMeta, {
      kind: 'text',
      expected: `a channel: ${CHANNELS.join(', ')}, or slack:<destination>`,
      choices: CHANNELS,
      // A webhook that was pasted here.
      sensitive: (value) => value.includes('://'),
    });
}
