import { condition } from '@temporalio/workflow';
import { stopWhenDoomed, wavesOf } from './forward.ts';
import type { Run } from './run.ts';

/** After promotion the way back stays armed: a pod that was ready and breaks now is the new version's failure. */
export async function bake(run: Run): Promise<void> {
  const bakeMs = run.input.kind === 'rollback' ? 0 : run.input.plan.bakeMs;
  if (bakeMs > 0) {
    run.waitingUntil = new Date(Date.now() + bakeMs).toISOString();
    run.note('bake-begun', `baking until ${run.waitingUntil}`);
    stopWhenDoomed(run, wavesOf(run).flat(), 'stable');
    await condition(() => false, bakeMs);
    run.waitingUntil = undefined;
  }
  run.report('bake-over', runs(run));
}

function runs(run: Run): string {
  const { components } = run.input.plan;
  if (components.length === 0) return 'succeeded: what was left is put back';
  return `succeeded: ${components.map(({ name, image }) => `${name} runs ${image}`).join(', ')}`;
}
