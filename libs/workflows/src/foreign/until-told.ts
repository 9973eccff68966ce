import { condition } from '@temporalio/workflow';
import { failRun } from './fail-run.ts';
import type { Run } from '../deployment/run.ts';

/** Waits for the end that somebody tells, for as long as the deployment was expected to take: of each way, there and back. */
export async function untilTold(run: Run): Promise<void> {
  const { expectedDurationMs } = run.input.plan;
  const { phase } = run.state;
  const isOver = () => run.ended || run.state.aborted || run.state.phase !== phase;
  const over = await condition(isOver, expectedDurationMs);
  if (run.ended) return;
  if (run.state.aborted) {
    failRun(run, { fact: 'failed', type: 'aborted', message: run.causes.message });
    return;
  }
  if (over) {
    await untilTold(run);
    return;
  }
  const back = phase === 'rolling-back';
  failRun(run, {
    fact: back ? 'undo-failed' : 'failed',
    type: 'overdue',
    message: `nobody told how it ended within ${Math.round(expectedDurationMs / 6_000) / 10} min`,
  });
}
