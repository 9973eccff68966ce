import { setHandler } from '@temporalio/workflow';
import { countForeignSignal } from '@fairlead/contracts/messages';
import { withForeignResult } from '@fairlead/domain';
import type { Target } from './target-state.ts';

/** What other tools have done beside the lock is counted here: nobody waited for it, and nobody waits now. */
export function handleForeign(target: Target, show: () => void): void {
  setHandler(
    countForeignSignal,
    (count) => {
      target.ledger = withForeignResult(target.ledger, count);
      show();
    },
    { description: 'A deployment that another tool made here' },
  );
}
