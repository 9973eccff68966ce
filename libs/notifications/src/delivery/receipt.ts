import { FAILURES } from '@fairlead/contracts';
import type { AdapterError, Delivery, Receipt } from '@fairlead/contracts';
import type { Answer } from '../destination.ts';
import { cleanText } from '@fairlead/domain/text';

export function toReceipt(
  delivery: Delivery,
  { state, detail, heldUntil }: Answer,
  attempts: number,
): Receipt {
  return {
    destination: delivery.destination,
    key: delivery.key,
    state,
    attempts,
    at: new Date().toISOString(),
    ...(detail === undefined ? {} : { detail: cleanText(detail) }),
    ...(heldUntil === undefined ? {} : { heldUntil }),
  };
}

/** A dead letter: cause and mend. What a vendor refused has its answer, and its mend there, in the message. */
export function deadAnswer({ type, message }: AdapterError): Answer {
  const mend = type === 'vendor-rejected' ? '' : `; ${FAILURES[type].mend}`;
  return { state: 'dead', detail: `${type}: ${message}${mend}` };
}

export function unknownDestination(name: string): Answer {
  return {
    state: 'dead',
    detail:
      `config-invalid: this worker has no destination ${name}; ` +
      'switch it on in the worker’s configuration, or take it out of the roles, then reload the worker',
  };
}
