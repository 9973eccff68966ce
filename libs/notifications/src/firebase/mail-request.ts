import type { Preview } from '../preview.ts';
import { HIDDEN } from '../vendor/hide.ts';
import type { MailDocument } from './mail-document.ts';
import type { FirebaseOptions } from './options.ts';

const HOST = 'https://firestore.googleapis.com';

/** MAIL_COLLECTION of the extension, by default. */
export const COLLECTION = 'mail';

/** Within the collection. A slash would begin another one. */
export function documentId(key: string): string {
  return encodeURIComponent(key);
}

/** Written by gRPC, which has no address of its own for a document. */
export function toMailPreview(
  { projectId, apiUrl }: Pick<FirebaseOptions, 'projectId' | 'apiUrl'>,
  parts: { readonly channel: string; readonly key: string; readonly document: MailDocument },
): Preview {
  const host = (apiUrl ?? HOST).replace(/\/+$/, '');
  const path = `projects/${projectId}/databases/(default)/documents/${COLLECTION}`;
  return {
    channel: parts.channel,
    method: 'create',
    url: `${host}/v1/${path}/${documentId(parts.key)}`,
    headers: { authorization: `Bearer ${HIDDEN}` },
    body: parts.document,
  };
}
