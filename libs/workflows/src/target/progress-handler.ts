import { setHandler } from '@temporalio/workflow';
import { progressSignal } from '@fairlead/contracts/messages';
import { withProgress } from '@fairlead/domain';
import type { Target } from './target-state.ts';

/** The running deployment tells how it fares; of any other nothing is taken. */
export function handleProgress(target: Target, show: () => void): void {
  setHandler(progressSignal, (progress) => {
    const before = target.ledger;
    target.ledger = withProgress(before, progress);
    if (target.ledger !== before) show();
  });
}
