import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { createInboxClient } from './client.ts';
import type { InboxClient } from './client.ts';
import { toInboxLine } from './inbox-line.ts';
import type { InboxOptions } from './options.ts';

/** Behaves like a chat: paced, knows no keys, so a repeat is written again with its key to be seen. */
export function createInboxChat(
  options: InboxOptions,
  client: InboxClient = createInboxClient(options.directory),
): Destination {
  return {
    name: 'inbox-chat',
    road: 'paced',
    kinds: options.kinds ?? NOTIFIED_KINDS,
    async send(delivery) {
      const at = new Date().toISOString();
      await client.append(toInboxLine(delivery, { at, linkTo: options.linkTo }));
      return { state: 'delivered', detail: 'shown in the inbox' };
    },
  };
}
