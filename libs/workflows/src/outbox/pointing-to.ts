import type { Receipt } from '@fairlead/contracts';

/** The receipt of a delivery that a message told with others says which one that was. */
export function pointingTo(message: string, receipt: Receipt): Receipt {
  if (receipt.key === message) return receipt;
  const { detail } = receipt;
  return { ...receipt, detail: `in ${message}${detail === undefined ? '' : `: ${detail}`}` };
}
