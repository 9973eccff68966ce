import type { LedgerView } from '@fairlead/contracts';
import { plain } from '@fairlead/client/internal/words/plain';
import { cell, table } from './table.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';

const HEADER = ['TARGET', 'STATE', 'DEPLOYMENT', 'BY', 'QUEUED', 'RUNS'];

export function targetsTable(ledgers: readonly LedgerView[]): string {
  if (ledgers.length === 0) return 'No targets: nothing was deployed yet.';
  return table(HEADER, ledgers.map(row)).join('\n');
}

function row(ledger: LedgerView): string[] {
  const { running, halt, queue, present } = ledger;
  const images = present?.components.map(({ image }) => plain(image)).join(', ');
  return [
    targetWords(ledger),
    running === undefined ? (halt === undefined ? 'idle' : 'halted') : 'running',
    cell(running?.deploymentId ?? halt?.deploymentId ?? present?.deploymentId),
    cell(plain(running?.actor ?? '')),
    String(queue.length),
    cell(images),
  ];
}
