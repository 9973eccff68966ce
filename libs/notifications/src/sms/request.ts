import type { Preview } from '../preview.ts';
import { HIDDEN, hideNumber } from '../vendor/hide.ts';
import type { SmsOptions } from './options.ts';

/** What is not sent by then is old news: the record has it. Seconds; Twilio would keep it for ten hours. */
const VALIDITY_SECONDS = 3_600;
const HOST = 'https://api.twilio.com';

export interface Sms {
  readonly to: string;
  readonly body: string;
}

/** As the library takes it. */
interface SmsMessage extends Sms {
  readonly from: string;
  readonly validityPeriod: number;
}

export function toMessage({ to, body }: Sms, { fromNumber }: SmsOptions): SmsMessage {
  return { to, from: fromNumber, body, validityPeriod: VALIDITY_SECONDS };
}

/** As the library sends it: a form. */
export function toPreview(channel: string, sms: Sms, options: SmsOptions): Preview {
  const { to, from, body, validityPeriod } = toMessage(sms, options);
  const host = (options.apiUrl ?? HOST).replace(/\/+$/, '');
  return {
    channel,
    method: 'POST',
    url: `${host}/2010-04-01/Accounts/${HIDDEN}/Messages.json`,
    headers: {
      authorization: `Basic ${HIDDEN}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: {
      To: hideNumber(to),
      From: hideNumber(from),
      Body: body,
      ValidityPeriod: String(validityPeriod),
    },
  };
}
