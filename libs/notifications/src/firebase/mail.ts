import type { Answer, Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import type { Told } from '../templates/told.ts';
import { grpcRejection } from './grpc-policy.ts';
import type { GrpcAnswer } from './grpc-policy.ts';
import { FIREBASE_MAIL } from './mail-client.ts';
import type { MailClient } from './mail-client.ts';
import { MAIL_KINDS, toBareMailDocument, toMailDocument } from './mail-document.ts';
import type { MailParts } from './mail-document.ts';
import { saidBy } from './mail-verdict.ts';
import { documentId, toMailPreview } from './mail-request.ts';
import type { FirebaseOptions } from './options.ts';
import { FIREBASE } from './push-client.ts';

export interface MailOptions extends Pick<FirebaseOptions, 'projectId' | 'apiUrl' | 'linkTo'> {
  readonly to: readonly string[];
}

/** FCM sends no e-mail: a document in Firestore, from which the Trigger Email extension makes one. */
export function createMail(options: MailOptions, client: MailClient): Destination {
  function partsOf(delivery: Told): MailParts {
    return { message: createMessage(delivery, options.linkTo), delivery, to: options.to };
  }

  return {
    name: FIREBASE_MAIL,
    channel: FIREBASE,
    road: 'keyed',
    kinds: MAIL_KINDS,
    unasked: MAIL_KINDS,
    preview(delivery) {
      const document = toMailDocument(partsOf(delivery));
      return [toMailPreview(options, { channel: FIREBASE_MAIL, key: delivery.key, document })];
    },
    async send(delivery, signal) {
      const parts = partsOf(delivery);
      const id = documentId(delivery.key);
      const first = await client.create(id, toMailDocument(parts), signal);
      if (isThere(first)) return accepted(first);
      const refused = grpcRejection(FIREBASE_MAIL, first);
      if (first.code !== 'INVALID_ARGUMENT') throw refused;
      const bare = await client.create(id, toBareMailDocument(parts), signal);
      if (isThere(bare)) return accepted(bare, `as plain text: ${refused.message}`);
      throw grpcRejection(FIREBASE_MAIL, bare);
    },
    async confirm({ key, at }, signal) {
      const read = await client.read(documentId(key), signal);
      if (read.code !== 'OK') throw grpcRejection(FIREBASE_MAIL, read);
      return saidBy(read.document, Date.now() - Date.parse(at));
    },
  };
}

function isThere({ code }: GrpcAnswer): boolean {
  return code === 'OK' || code === 'ALREADY_EXISTS';
}

/** Whether it is sent is the extension's to say, in the document: `saidBy`. */
function accepted({ code }: GrpcAnswer, note?: string): Answer {
  const detail = code === 'ALREADY_EXISTS' ? 'was written by an earlier attempt' : note;
  return { state: 'accepted', ...(detail === undefined ? {} : { detail }) };
}
