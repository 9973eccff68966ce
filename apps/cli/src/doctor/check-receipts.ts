import type { Check, Receipt } from '@fairlead/contracts';

const NAMED = 10;

/** Whether what people were to be told has reached them, by what the latest receipts say of each destination. */
export function checkReceipts(receipts: readonly Receipt[]): readonly Check[] {
  const byDestination = Object.entries(
    Object.groupBy(receipts, ({ destination }) => destination),
  ).sort(([one], [other]) => (one < other ? -1 : 1));
  return byDestination.map(([destination, some = []]) => checkDestination(destination, some));
}

function checkDestination(destination: string, receipts: readonly Receipt[]): Check {
  const name = `receipts of ${destination}`;
  const lost = receipts.filter(({ state }) => state === 'dead' || state === 'unknown');
  if (lost.length === 0) {
    return { name, state: 'ok', detail: `${receipts.length} of late, none dead` };
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

/** Channels of which nothing is known: a webhook says nothing until something is posted. */
export function unheardChannels(
  channels: readonly string[],
  receipts: readonly Receipt[],
): readonly Check[] {
  const heard = new Set(receipts.map(({ destination }) => destination.split(':')[0]));
  return channels
    .filter((channel) => !heard.has(channel))
    .map((channel) => ({
      ...{ name: `channel ${channel}`, state: 'skipped' },
      detail: 'nothing was sent of late, and it cannot be tried without sending something',
      mend: `\`fairlead notify test --channel ${channel}\` sends a marked message`,
    }));
}
