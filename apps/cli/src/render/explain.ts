import type { DeploymentRecord, Receipt } from '@fairlead/contracts';
import { eventLine } from './event-line.ts';
import { plain } from '@fairlead/client/internal/words/plain';
import { detailWords, isToRead } from './receipts.ts';
import { summary } from './summary.ts';
import type { SummaryOptions } from './summary.ts';
import { timingLines } from './timings.ts';

/** One screen: the latest events are the ones that explain the end. */
const MAX_EVENTS = 16;

export function explanation(record: DeploymentRecord, options: SummaryOptions): string {
  const earlier = record.events.length - MAX_EVENTS;
  const dead = record.deliveries.filter(isToRead);
  const indirect = record.deliveries.filter(isIndirect);
  const timings = timingLines(record);
  return [
    summary(record, options),
    '',
    'What happened (UTC):',
    ...(earlier > 0 ? [`  … ${earlier} earlier; \`--json\` has them all`] : []),
    ...record.events.slice(-MAX_EVENTS).map((event) => `  ${eventLine(event, options.style)}`),
    ...outputLines(record),
    ...(timings.length === 0 ? [] : ['', 'Where the time went:']),
    ...timings.map((line) => `  ${line}`),
    ...(dead.length === 0 ? [] : ['', 'Nobody was told by:']),
    ...dead.map(
      ({ destination, state, detail }) =>
        `  ${destination}: ${state}, ${plain(detail ?? 'no answer')}`,
    ),
    ...(indirect.length === 0 ? [] : ['', 'In a digest, or in place of another:']),
    ...indirect.map(
      (receipt) => `  ${receipt.destination}: ${receipt.state}, ${detailWords(receipt)}`,
    ),
  ].join('\n');
}

function outputLines({ output = [] }: DeploymentRecord): string[] {
  if (output.length === 0) return [];
  return ['', 'Its last lines:', ...output.map((line) => `  ${plain(line)}`)];
}

/** How the workflows begin a receipt of what goes to a digest, went in one, or stands in for what is dead. */
const INDIRECT = /^(?:too many at once|in digest\/|in place of )/;

/** What quiet hours hold goes in a digest too. */
function isIndirect(receipt: Receipt): boolean {
  const { detail = '', heldUntil } = receipt;
  return !isToRead(receipt) && (heldUntil !== undefined || INDIRECT.test(detail));
}
