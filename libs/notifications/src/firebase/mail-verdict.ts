import type { Answer } from '../destination.ts';

/** What the extension writes into a document, which nobody but itself vouches for. */
interface Written {
  readonly delivery?: { readonly state?: unknown; readonly error?: unknown } | null;
}

/**
 * What became of a mail, by the word of the extension; undefined before it has one, and where it is not installed.
 * https://extensions.dev/extensions/firebase/firestore-send-email
 */
export function saidBy(document: Written | undefined): Answer | undefined {
  const { state, error } = document?.delivery ?? {};
  if (state === 'SUCCESS') return { state: 'delivered', detail: 'the mail server took it' };
  if (state !== 'ERROR') return undefined;
  const why = typeof error === 'string' ? `: ${error}` : '';
  return {
    state: 'dead',
    detail: `vendor-rejected: firebase:mail: the Trigger Email extension could not send it${why}`,
  };
}
