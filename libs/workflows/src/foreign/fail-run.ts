import type { ForeignFailure } from '@fairlead/contracts';
import type { Fact } from '@fairlead/domain';
import type { Run } from '../deployment/run.ts';

/** A foreign deployment's end for the worse, and why. */
interface Failure {
  readonly fact: Fact;
  readonly type: ForeignFailure;
  readonly message: string;
}

export function failRun(run: Run, { fact, type, message }: Failure): void {
  run.because({ error: { type, message }, message });
  run.setComponents(run.input.plan.components, 'failed');
  run.report(fact, message);
}
