import { AdapterError } from '@fairlead/contracts';
import type { Receipt } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import { attempt } from './attempt.ts';
import type { Deliverer } from './deliver.ts';

/**
 * What became of an accepted message; undefined while nobody says, the same receipt with another detail where it seems
 * that nobody will.
 * @throws AdapterError what may be asked again, or why the activity was cancelled
 */
export async function confirm(
  receipt: Receipt,
  deliverer: Pick<Deliverer, 'destinations' | 'log' | 'timeoutMs' | 'cancelled'>,
): Promise<Receipt | undefined> {
  const { name, confirm: ask } =
    deliverer.destinations.find((one) => one.name === receipt.destination) ?? {};
  if (name === undefined || ask === undefined) return undefined;
  try {
    const answer = await attempt(name, (signal) => ask(receipt, signal), deliverer);
    if (answer === undefined) return undefined;
    const { confirmedBy: _asked, detail: _before, ...rest } = receipt;
    const { state, detail } = answer;
    const more = detail === undefined ? {} : { detail: cleanText(detail) };
    // Since when it is accepted, and who asks on, hold as before.
    if (state === 'accepted') return { ...receipt, ...more };
    return { ...rest, state, at: new Date().toISOString(), ...more };
  } catch (error) {
    const { cancelled, log } = deliverer;
    if (cancelled.aborted) throw cancelled.reason;
    if (error instanceof AdapterError && error.retryable) throw error;
    const reason = error instanceof AdapterError ? error.message : `${name}: unexpected failure`;
    log.warn('nobody says what became of a delivery', { deliveryKey: receipt.key, reason });
    return undefined;
  }
}
