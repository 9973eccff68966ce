import type { DeploymentRecord } from '@fairlead/contracts';
import { eventLine } from './event-line.ts';
import { summary } from './summary.ts';
import type { SummaryOptions } from './summary.ts';

/** One screen: the latest events are the ones that explain the end. */
const MAX_EVENTS = 16;

export function explanation(record: DeploymentRecord, options: SummaryOptions): string {
  const earlier = record.events.length - MAX_EVENTS;
  const dead = record.deliveries.filter(
    (receipt) => receipt.state === 'dead' || receipt.state === 'unknown',
  );
  return [
    summary(record, options),
    '',
    'What happened (UTC):',
    ...(earlier > 0 ? [`  … ${earlier} earlier; \`--json\` has them all`] : []),
    ...record.events.slice(-MAX_EVENTS).map((event) => `  ${eventLine(event, options.style)}`),
    ...(dead.length === 0 ? [] : ['', 'Nobody was told by:']),
    ...dead.map(
      (receipt) => `  ${receipt.destination}: ${receipt.state}, ${receipt.detail ?? 'no answer'}`,
    ),
  ].join('\n');
}
