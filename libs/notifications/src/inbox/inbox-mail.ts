import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { createInboxClient } from './client.ts';
import type { InboxClient } from './client.ts';
import { toInboxLine } from './inbox-line.ts';
import type { InboxOptions } from './options.ts';

/** Behaves like mail documents: keyed, a repeat is recognised and not written again. */
export function createInboxMail(
  options: InboxOptions,
  client: InboxClient = createInboxClient(options.directory),
): Destination {
  return {
    name: 'inbox-mail',
    road: 'keyed',
    kinds: options.kinds ?? NOTIFIED_KINDS,
    async send(delivery) {
      const at = new Date().toISOString();
      const written = await client.appendOnce(
        toInboxLine(delivery, { at, linkTo: options.linkTo }),
      );
      return {
        state: 'accepted',
        detail: written ? 'written to the inbox' : 'the inbox has this key already',
      };
    },
  };
}
