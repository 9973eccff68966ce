import type { Destination } from '../destination.ts';
import { createFirebaseClients } from './clients.ts';
import type { FirebaseClients } from './clients.ts';
import { createMail } from './mail.ts';
import type { FirebaseOptions } from './options.ts';
import { createPush } from './push.ts';

/** `firebase`, the push, where there are topics; `firebase:mail` where there are recipients. */
export function createFirebase(
  options: FirebaseOptions,
  clients: FirebaseClients = createFirebaseClients(options),
): readonly Destination[] {
  const { notificationTopics: topics = [], emailTo: to = [] } = options;
  return [
    ...(topics.length === 0 ? [] : [createPush({ ...options, topics }, clients.push)]),
    ...(to.length === 0 ? [] : [createMail({ ...options, to }, clients.mail)]),
  ];
}
