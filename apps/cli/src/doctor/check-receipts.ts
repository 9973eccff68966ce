import type { Check, Receipt } from '@fairlead/contracts';

const NAMED = 10;

/** What is older has been looked at. */
const DAY_MS = 24 * 60 * 60_000;

/** Whether what people were to be told has reached them, by what the last day's receipts say of each destination. */
export function checkReceipts(receipts: readonly Receipt[], nowMs: number): readonly Check[] {
  const late = receipts.filter(({ at }) => Date.parse(at) > nowMs - DAY_MS);
  const byDestination = Object.entries(Object.groupBy(late, ({ destination }) => destination));
  return byDestination
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([destination, some = []]) => checkDestination(destination, some));
}

function checkDestination(destination: string, receipts: readonly Receipt[]): Check {
  const name = `receipts of ${destination}`;
  const lost = receipts.filter(({ state }) => state === 'dead' || state === 'unknown');
  if (lost.length === 0) {
    return { name, state: 'ok', detail: `${receipts.length} in a day, none dead` };
  }
  const named = lost.slice(0, NAMED).map(({ key, state }) => `${key} ${state}`);
  const more = lost.length > NAMED ? `, and ${lost.length - NAMED} more` : '';
  return {
    name,
    state: 'warn',
    detail: `${lost.length} of ${receipts.length} did not arrive, or nobody knows: ${named.join(', ')}${more}`,
    mend: `${lost.at(-1)?.detail ?? 'no answer'}; \`fairlead deliveries --dead\` has them all`,
  };
}
