import { EVENT_TYPES } from '@fairlead/contracts';
import type { z } from 'zod';
import { quietHoursRule } from '../rules/quiet-hours-rule.ts';
import { destination } from './channel-names.ts';
import { fieldMeta } from './field-meta.ts';
import { block, choice, listOf, mapOf, text, textSchema } from './fields.ts';
import { name } from './names.ts';

/** More than any organisation has. */
const MAX_ROLES = 100;
const MAX_ELEMENTS = 50;
const MAX_ENVIRONMENTS = 200;
const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

const SEVERITIES = ['info', 'warning', 'critical'] as const;

const timeZone = textSchema({ pattern: ZONE_NAME, max: 64 })
  .refine(isTimeZone)
  .describe('IANA time zone, such as Asia/Seoul. The machine’s own is never used.')
  .register(fieldMeta, { kind: 'text', expected: 'an IANA time zone such as Asia/Seoul or UTC' });

function timeOfDay(description: string): z.ZodString {
  return text({
    description,
    expected: 'a time of day from "00:00" to "23:59"',
    pattern: TIME_OF_DAY,
  });
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const quietHours = block(
  'When nothing but critical messages comes. From `from` until just before `to`, past midnight where `to` is earlier.',
  {
    from: timeOfDay('First minute of quiet.'),
    to: timeOfDay('First minute after it.'),
    time_zone: timeZone,
    then: choice(
      ['hold', 'drop'],
      'What becomes of a message: held for one digest at the end, or dropped. Default: hold.',
    ).default('hold'),
  },
  quietHoursRule,
);

const role = block('Which event types reach a role, and on which channels.', {
  channels: listOf(destination('A channel, or slack:<destination>.'), {
    description: 'Where the role is told.',
    max: MAX_ELEMENTS,
  }),
  events: listOf(choice(EVENT_TYPES, 'An event type.'), {
    description: 'What the role is told of.',
    max: EVENT_TYPES.length,
  }),
  environments: listOf(name('Name of an environment.'), {
    description: 'Only of these environments. Default: all.',
    max: MAX_ENVIRONMENTS,
  }).optional(),
  severity: choice(SEVERITIES, 'Only from this severity on. Default: info.').optional(),
  quiet_hours: quietHours.optional(),
});

export const roles = mapOf(
  { key: name('Name of the role.'), value: role },
  { description: 'Who is told of what, by role.', max: MAX_ROLES },
);
