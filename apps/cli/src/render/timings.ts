import type { DeploymentRecord } from '@fairlead/contracts';
import { timingsOf } from '@fairlead/domain';
import { duration } from '@fairlead/client/internal/words/duration';

/** Where the time of a run went, a line for each thing that is known of it; none of a run that was never begun. */
export function timingLines(record: DeploymentRecord): readonly string[] {
  const { phases, components, detectSeconds, safeSeconds } = timingsOf(record);
  const spent = Object.entries(phases).flatMap(([phase, seconds]) =>
    seconds < 0.5 ? [] : [`${phase} ${duration(seconds)}`],
  );
  const ready = components.flatMap(({ name, readySeconds }) =>
    readySeconds === undefined ? [] : [`${name} ${duration(readySeconds)}`],
  );
  return [
    ...(spent.length === 0 ? [] : [`in phases: ${spent.join(', ')}`]),
    ...(ready.length === 0 ? [] : [`new pods until ready: ${ready.join(', ')}`]),
    ...(detectSeconds === undefined
      ? []
      : [`from the first sign of trouble until it was known: ${duration(detectSeconds)}`]),
    ...(safeSeconds === undefined
      ? []
      : [`from the first sign of trouble until all was put back: ${duration(safeSeconds)}`]),
  ];
}
