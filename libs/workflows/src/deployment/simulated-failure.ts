import type { FailurePlace } from '@fairlead/contracts';
import { DoomedError } from './doomed.ts';
import type { Run } from './run.ts';

/** `--simulate-failure`: from here on the run is as real as any other that failed at this place. */
export function failIfSimulated(run: Run, place: Exclude<FailurePlace, 'rollback'>): void {
  const { simulateFailure, components } = run.input.plan;
  // A failed rollback needs something to roll back from: the first change that was made.
  const wanted = simulateFailure === 'rollback' ? 'health' : simulateFailure;
  if (wanted !== place) return;
  const [first] = run.snapshot.filter(({ images }) => images.length > 0);
  throw new DoomedError({
    component: first?.name ?? components[0]?.name ?? '',
    workload: first?.workload ?? '',
    side: place === 'promotion' || run.input.plan.type !== 'canary' ? 'stable' : 'canary',
    reason: 'Simulated',
    message: `failure simulated at ${place}`,
    since: new Date().toISOString(),
  });
}
