import type { DeploymentRecord } from '@fairlead/contracts';

/** Of a step in a pipeline's summary; `skipped`: promoted before its turn. */
export type StepVerdict = 'pass' | 'fail' | 'aborted' | 'on' | 'skipped' | 'not reached';

/** One for each step of the plan. */
export function stepVerdicts(record: DeploymentRecord): readonly StepVerdict[] {
  const { step, steps, events } = record;
  const passed = events.some(({ kind }) => kind === 'canary-completed');
  return steps.map((_, index) => {
    const number = index + 1;
    if (number < step || (number === step && passed)) return 'pass';
    if (number > step) return passed ? 'skipped' : 'not reached';
    return lastVerdict(record);
  });
}

/** Of the step at which a run is, or was when it ended. */
function lastVerdict({ outcome, error }: DeploymentRecord): StepVerdict {
  if (outcome === undefined) return 'on';
  // Where somebody stopped it, nothing had failed.
  return error === undefined || error.type === 'aborted' ? 'aborted' : 'fail';
}
