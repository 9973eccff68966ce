import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { z } from 'zod';
import { CHANNELS, destination } from './channel-names.ts';
import { channelShape } from './channels.ts';
import { dashboardUrl } from './dashboard-url.ts';
import { block, choice } from './fields.ts';
import { sizeLimits } from './field-meta.ts';
import { templateFile } from './template-file.ts';

const PAGE_OWNERS = ['fairlead', 'alertmanager', 'datadog', 'none'] as const;

const byChannel = z
  .partialRecord(choice(CHANNELS, 'A channel.'), templateFile('Path of a template file.'))
  .describe('Template files by channel.')
  .register(sizeLimits, { min: 0, max: CHANNELS.length });
const templates = z
  .partialRecord(choice(NOTIFIED_KINDS, 'An event kind.'), byChannel)
  .describe('Your own texts: by event kind, then channel.')
  .register(sizeLimits, { min: 0, max: NOTIFIED_KINDS.length });

export const notification = block('Who can be told, and how.', {
  ...channelShape,
  page_owner: choice(
    PAGE_OWNERS,
    'Which road wakes people; the others inform. Default: fairlead where PagerDuty is on.',
  ).optional(),
  fallback: destination(
    'Where a message goes when its own destination is dead. Default: nowhere.',
  ).optional(),
  dashboard_url: dashboardUrl.optional(),
  templates: templates.optional(),
});
