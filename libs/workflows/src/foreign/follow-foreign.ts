import { CancellationScope } from '@temporalio/workflow';
import { beats } from '@fairlead/contracts';
import type { ForeignWork } from '@fairlead/contracts';
import type { Run } from '../deployment/run.ts';
import { followCommand } from './follow-command.ts';
import { untilTold } from './until-told.ts';

/** Another tool's deployment, to its end: nothing is written, and all that happens to it is told. */
export async function followForeign(run: Run, foreign: ForeignWork): Promise<void> {
  // A cancel from the Web UI does what abort does; what has become of it then is told all the same.
  CancellationScope.current().cancelRequested.catch(() => {
    run.command({ name: 'abort' }, 'abort: the workflow was cancelled');
  });
  await CancellationScope.nonCancellable(async () => {
    run.at(foreign.begunAt, () => {
      run.report('plan-accepted', foreign.tool);
      run.setComponents(run.input.plan.components, 'deploying');
    });
    if (beats(foreign)) await followCommand(run, foreign);
    else await untilTold(run);
  });
}
