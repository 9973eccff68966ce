import type { Delivery, Receipt } from '@fairlead/contracts';

/**
 * In whose place a destination is told, by the delivery's key. Several destinations that share it as their fallback
 * may be dead: it is told of an event once, and all of them are named.
 */
export class StandIns {
  private readonly byKey = new Map<string, readonly string[]>();

  get none(): boolean {
    return this.byKey.size === 0;
  }

  add({ key, insteadOf }: Delivery): void {
    if (insteadOf === undefined) return;
    const names = this.byKey.get(key) ?? [];
    if (!names.includes(insteadOf)) this.byKey.set(key, [...names, insteadOf]);
  }

  /** The same delivery, or one message for several of these keys, with all in whose place it is told. */
  named(delivery: Delivery, keys: readonly string[] = [delivery.key]): Delivery {
    const names = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []));
    return names.size === 0 ? delivery : { ...delivery, insteadOf: [...names].join(' and ') };
  }

  told(receipt: Receipt): Receipt {
    const names = this.byKey.get(receipt.key);
    if (names === undefined) return receipt;
    const { detail } = receipt;
    const inPlace = `in place of ${names.join(' and ')}`;
    return { ...receipt, detail: detail === undefined ? inPlace : `${inPlace}; ${detail}` };
  }
}
