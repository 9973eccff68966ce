import { AdapterError } from '@fairlead/contracts';
import type { Answer } from '../destination.ts';
import type { SmsCall } from './client.ts';
import type { Outcome } from './exchange.ts';

/**
 * The verdict on a call as soon as it has ended, or in the very turn in which the signal fires: whoever races the
 * two (delivery/attempt.ts) would else see only that time is up, and send again what may have arrived. For that, the
 * promise must reach them as it is: nothing may be awaited between.
 */
export function settle(
  call: SmsCall,
  signal: AbortSignal,
  verdict: (outcome: Outcome) => Answer | AdapterError,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    function conclude(): void {
      const result = verdict(call.outcome());
      if (result instanceof AdapterError) reject(result);
      else resolve(result);
    }
    signal.addEventListener('abort', conclude, { once: true });
    call.ended.then(conclude).catch(reject);
  });
}
