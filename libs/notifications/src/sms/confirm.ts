import type { Receipt } from '@fairlead/contracts';
import type { Answer } from '../destination.ts';
import { ask } from './ask.ts';
import type { SmsOptions } from './options.ts';

/** Where the receipt of an accepted message has Twilio's name of it. */
const SID = /\b(?:SM|MM)[0-9a-fA-F]{32}\b/;
/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
const DELIVERED: readonly unknown[] = ['delivered', 'read'];
const LOST: readonly unknown[] = ['undelivered', 'failed', 'canceled'];

/**
 * What became of a message, by its status. A carrier that sends no word of it leaves it at `sent`, and then nobody
 * says.
 * @throws AdapterError of the `vendor-…` types
 */
export async function confirmSms(
  { destination, detail = '' }: Receipt,
  options: SmsOptions,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const sid = SID.exec(detail)?.[0];
  if (sid === undefined) return undefined;
  const { status, error_code: code } = await ask(options, signal, (library) =>
    library.messages(sid).fetch(),
  );
  if (DELIVERED.includes(status)) return { state: 'delivered', detail: sid };
  if (!LOST.includes(status)) return undefined;
  const page =
    typeof code === 'number'
      ? `, code ${code}, see https://www.twilio.com/docs/api/errors/${code}`
      : '';
  return {
    state: 'dead',
    detail: `vendor-rejected: ${destination}: ${sid} is ${String(status)}${page}`,
  };
}
