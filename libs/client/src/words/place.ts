import type { Halt, LedgerView } from '@fairlead/contracts';
import { plain } from './plain.ts';
import { targetWords } from './target-words.ts';

/** What a deployment in the queue waits for; undefined when it is not in the queue. */
export function placeWords(ledger: LedgerView, deploymentId: string): string | undefined {
  const place = placeIn(ledger, deploymentId);
  return place === undefined ? undefined : `Queued at place ${place}${aheadWords(ledger)}.`;
}

/** From 1. */
export function placeIn({ queue }: LedgerView, deploymentId: string): number | undefined {
  const place = queue.findIndex((queued) => queued.deploymentId === deploymentId) + 1;
  return place === 0 ? undefined : place;
}

/** What keeps the queue from moving. While something runs it may be what mends the halt. */
export function haltOf({ running, halt }: LedgerView): Halt | undefined {
  return running === undefined ? halt : undefined;
}

function aheadWords(ledger: LedgerView): string {
  const { running } = ledger;
  if (running !== undefined) {
    return `; ${running.deploymentId} by ${plain(running.actor)} is running`;
  }
  const halt = haltOf(ledger);
  if (halt === undefined) return '';
  const flags = `--environment ${ledger.environment} --application ${ledger.application}`;
  return `; ${targetWords(ledger)} is halted since ${halt.at} by deployment ${halt.deploymentId} (${plain(halt.message)}), and the queue waits until \`fairlead rollback ${flags}\`, or a deployment with --force, has put that right`;
}
