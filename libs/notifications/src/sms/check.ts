import { AdapterError } from '@fairlead/contracts';
import type { Finding } from '../check.ts';
import { addresseesOf } from './addressees.ts';
import type { Addressee } from './addressees.ts';
import { ask } from './ask.ts';
import type { SmsOptions } from './options.ts';

/**
 * The account, and whether its numbers can be real: Twilio's basic lookup costs nothing and sends nothing.
 * https://www.twilio.com/docs/lookup/v2-api
 * @throws AdapterError of the `vendor-…` types
 */
export async function checkSms(options: SmsOptions, signal: AbortSignal): Promise<Finding> {
  const { accountSid } = options;
  const account = await ask(options, signal, (library) =>
    library.api.v2010.accounts(accountSid).fetch(),
  );
  const { status = 'unknown', type } = account;
  if (status !== 'active') {
    const mend = 'see the account’s page in the Twilio console';
    return { state: 'fail', detail: `Twilio’s account is ${String(status)}`, mend };
  }
  const unreal = await unrealOf(options, signal);
  if (unreal.length > 0) {
    const detail = `Twilio takes the account, and knows no such number: ${unreal.join(', ')}`;
    return { state: 'warn', detail, mend: 'correct notification.sms.to_numbers' };
  }
  if (type === 'Trial') {
    const mend = 'upgrade the account, or verify each number in the Twilio console';
    return { state: 'warn', detail: 'a trial account sends to verified numbers only', mend };
  }
  return { state: 'ok', detail: 'Twilio takes the account, which is active' };
}

async function unrealOf(options: SmsOptions, signal: AbortSignal): Promise<readonly string[]> {
  const addressees = addresseesOf(options.toNumbers);
  const real = await Promise.all(addressees.map((one) => isReal(one, options, signal)));
  return addressees.filter((_one, index) => real[index] === false).map(({ name }) => name);
}

/** Undefined where nobody says: an account or gateway may be without lookups. */
async function isReal(
  { number }: Addressee,
  options: SmsOptions,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  try {
    const { valid } = await ask(options, signal, (library) =>
      library.lookups.v2.phoneNumbers(number).fetch(),
    );
    return typeof valid === 'boolean' ? valid : undefined;
  } catch (error) {
    if (error instanceof AdapterError) return undefined;
    throw error;
  }
}
