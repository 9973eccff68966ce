import type { Answer } from '../destination.ts';
import { hideAddresses } from './hide-addresses.ts';

/** What the extension writes into a document, which nobody but itself vouches for. */
interface Written {
  readonly delivery?: {
    readonly state?: unknown;
    readonly error?: unknown;
    readonly info?: Readonly<Record<string, unknown>> | null;
  } | null;
}

/** The extension marks a document within seconds of its writing: what it has not touched by then it does not see. */
const UNSEEN_MS = 30 * 60_000;

/**
 * What became of a mail that was accepted so long ago, by the word of the extension; undefined before it has one.
 * `accepted` with a detail where the extension seems not to be there.
 * https://extensions.dev/extensions/firebase/firestore-send-email
 */
export function saidBy(document: Written | undefined, ageMs: number): Answer | undefined {
  if (document === undefined) return undefined;
  const { delivery } = document;
  if (delivery === undefined || delivery === null) return ageMs < UNSEEN_MS ? undefined : unseen();
  const { state, error, info } = delivery;
  if (state === 'SUCCESS') return taken(info ?? {});
  if (state !== 'ERROR') return undefined;
  return lost(typeof error === 'string' ? `: ${hideAddresses(error)}` : '');
}

/** One message to all: the mail server may take it for some and refuse others. */
function taken(info: Readonly<Record<string, unknown>>): Answer {
  const [refused, others] = [count(info['rejected']), count(info['accepted'], info['pending'])];
  if (refused === 0) return { state: 'delivered', detail: 'the mail server took it' };
  if (others === 0) return lost(`: the mail server refused all of its ${refused} addresses`);
  const all = refused + others;
  return {
    state: 'delivered',
    detail: `the mail server refused ${refused} of ${all} addresses: look at email_to`,
  };
}

function count(...lists: readonly unknown[]): number {
  return lists.filter(Array.isArray).reduce((sum, { length }) => sum + length, 0);
}

function lost(why: string): Answer {
  return {
    state: 'dead',
    detail: `vendor-rejected: firebase:mail: the Trigger Email extension could not send it${why}`,
  };
}

function unseen(): Answer {
  return {
    state: 'accepted',
    detail:
      `not touched by the Trigger Email extension ${UNSEEN_MS / 60_000} min after it was written: ` +
      'install it in this project, with its collection at mail',
  };
}
