import type { Destination } from '../destination.ts';
import { createInboxClient } from './client.ts';
import type { InboxClient } from './client.ts';
import { createInboxMail } from './inbox-mail.ts';
import type { InboxOptions } from './options.ts';

/** Behaves like a monitoring system: keyed, and no role decides. Its events are in a file of their own. */
export function createInboxMonitoring(
  options: InboxOptions,
  client: InboxClient = createInboxClient(options.directory, 'monitoring.jsonl'),
): Destination {
  return { ...createInboxMail(options, client), name: 'inbox-monitoring', monitoring: true };
}
