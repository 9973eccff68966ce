import {
  ActivityCancellationType,
  ActivityFailure,
  CancellationScope,
  proxyActivities,
} from '@temporalio/workflow';
import { COMMAND_ACTIVITIES, CONTROL_QUEUE } from '@fairlead/contracts';
import type { CommandEnd, ForeignActivities, ForeignWork } from '@fairlead/contracts';
import { commandWords } from '@fairlead/domain';
import { BEATING } from '../activity-options.ts';
import { failRun } from './fail-run.ts';
import type { Run } from '../deployment/run.ts';

type Ended = CommandEnd | 'silent';

/** A wrapped command, and then, if it fails, the one that undoes it: both are run by the process that wraps them. */
export async function followCommand(run: Run, { tool, undoable }: ForeignWork): Promise<void> {
  const end = await endOf(run, 'command');
  if (end === 'silent') {
    // Nobody is there to undo it either.
    failRun(run, { fact: 'halted', type: 'went-silent', message: SILENT });
    return;
  }
  run.output = end.output;
  if (end.exitCode === 0 && end.stopped !== true) {
    run.setComponents(run.input.plan.components, 'done');
    run.report('updated', tool);
    run.report('bake-over', `${tool} ended with exit code 0`);
    return;
  }
  const type = end.stopped === true ? 'aborted' : 'command-failed';
  const why = end.stopped === true ? `${run.causes.message}: ` : '';
  failRun(run, { fact: 'failed', type, message: `${why}${commandWords(tool, end)}` });
  if (undoable) await followUndo(run);
}

const SILENT = 'the process that ran it went silent';

async function followUndo(run: Run): Promise<void> {
  const end = await endOf(run, 'undo');
  if (end !== 'silent') run.output = [...run.output, ...end.output];
  if (end !== 'silent' && end.exitCode === 0) {
    run.setComponents(run.input.plan.components, 'restored');
    run.report('undone', 'the rollback command ended with exit code 0');
    return;
  }
  const message = end === 'silent' ? SILENT : commandWords('the rollback command', end);
  run.note('undo-failed', message);
  run.report('undo-failed', `rollback failed, someone must act: ${message}`);
}

/** An abort asks the process to stop it; how it ended, the process says. */
async function endOf(run: Run, which: keyof typeof COMMAND_ACTIVITIES): Promise<Ended> {
  const { awaitCommand } = proxyActivities<ForeignActivities>({
    ...BEATING,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    activityId: COMMAND_ACTIVITIES[which],
    taskQueue: CONTROL_QUEUE,
    summary: which === 'undo' ? 'its rollback command' : 'its command',
  });
  const scope = new CancellationScope();
  run.interrupt = () => {
    scope.cancel();
  };
  try {
    return await scope.run(() => awaitCommand());
  } catch (error) {
    if (error instanceof ActivityFailure) return 'silent';
    throw error;
  } finally {
    run.interrupt = () => undefined;
  }
}
