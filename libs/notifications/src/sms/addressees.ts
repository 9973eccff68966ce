/** With fewer digits the last four would be most of the number. */
const LONG_ENOUGH = 8;

export interface Addressee {
  /** `sms:0199`, in keys, receipts and logs: they never hold the number. */
  readonly name: string;
  readonly number: string;
}

/**
 * Each number once, in the order given. Named by its end, because that stays when the list is sorted anew, and a
 * person knows whose it is; by its place where the number is short.
 */
export function addresseesOf(numbers: readonly string[]): readonly Addressee[] {
  const taken = new Map<string, number>();
  return [...new Set(numbers)].map((number, index) => {
    const digits = number.replace(/\D/g, '');
    const end = digits.length < LONG_ENOUGH ? `number-${index + 1}` : digits.slice(-4);
    const times = (taken.get(end) ?? 0) + 1;
    taken.set(end, times);
    return { name: times === 1 ? `sms:${end}` : `sms:${end}-${times}`, number };
  });
}
