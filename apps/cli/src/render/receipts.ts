import { RECEIPT_STATES } from '@fairlead/contracts';
import type { Receipt, ReceiptState } from '@fairlead/contracts';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** A receipt, and whose it is where several deployments are shown. */
export type ShownReceipt = Receipt & { readonly deploymentId?: string };

export type ReceiptCounts = Partial<Record<ReceiptState, number>>;

/** By state, without what is not there; a state of a newer worker's comes last. */
export function receiptCounts(receipts: readonly Pick<Receipt, 'state'>[]): ReceiptCounts {
  const states = new Set<ReceiptState>([...RECEIPT_STATES, ...receipts.map(({ state }) => state)]);
  const counts = [...states].map((wanted) => {
    const count = receipts.filter(({ state }) => state === wanted).length;
    return [wanted, count] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** `3 delivered, 1 dead` */
export function countWords(receipts: readonly Pick<Receipt, 'state'>[]): string {
  return Object.entries(receiptCounts(receipts))
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}

/** A line for each; what someone must read in full, and may have to mend, follows below. */
export function receiptsText(receipts: readonly ShownReceipt[], style: Style): string {
  const owned = receipts.some(({ deploymentId }) => deploymentId !== undefined);
  const header = ['DESTINATION', 'EVENT', 'STATE', 'TRIES', 'AT', 'DETAIL'];
  const rows = receipts.map((receipt) => [
    ...(owned ? [receipt.deploymentId ?? '-'] : []),
    ...row(receipt),
  ]);
  return [
    ...table(owned ? ['DEPLOYMENT', ...header] : header, rows),
    '',
    countWords(receipts),
    ...receipts
      .filter(isToRead)
      .map((receipt) => `${style.red(receipt.state)}  ${inFull(receipt)}`),
  ].join('\n');
}

function row(receipt: Receipt): string[] {
  const { destination, state, attempts, at } = receipt;
  return [
    plain(destination),
    plain(kindOf(receipt)),
    state,
    String(attempts),
    `${at.slice(0, 19)}Z`,
    isToRead(receipt) ? 'see below' : detailWords(receipt),
  ];
}

/** As long as it is held, until when. */
export function detailWords({ detail, heldUntil }: Receipt): string {
  return heldUntil === undefined ? plain(detail ?? '-') : `held until ${heldUntil}`;
}

/** Of what somebody may not have been told by. */
export function isToRead({ state }: Receipt): boolean {
  return state === 'dead' || state === 'unknown';
}

function inFull({ key, detail }: Receipt): string {
  return `${plain(key)}: ${plain(detail ?? 'no answer')}`;
}

/** A key is `<deploymentId>/<kind>[.2]/<destination>`. */
function kindOf({ key, destination }: Receipt): string {
  const event = key.endsWith(`/${destination}`) ? key.slice(0, -destination.length - 1) : key;
  return event.slice(event.indexOf('/') + 1);
}
