import type { ComponentPhase, ForeignWork, Told, ToldType } from '@fairlead/contracts';
import { factsOfTold, meansWayBack, withChange } from '@fairlead/domain';
import type { Run } from '../deployment/run.ts';
import { failRun } from './fail-run.ts';

const WORDS: Record<ToldType, string> = {
  begun: 'has begun',
  progress: 'goes on',
  succeeded: 'has succeeded',
  failed: 'has failed',
  'rollback-begun': 'rolls back',
  'rolled-back': 'has rolled back',
  'rollback-failed': 'could not roll back',
};

const COMPONENTS: Partial<Record<ToldType, ComponentPhase>> = {
  succeeded: 'done',
  failed: 'failed',
  'rolled-back': 'restored',
  'rollback-failed': 'failed',
};

/** Brings the record to where it was told that the deployment is. */
export function tellRun(run: Run, { tool }: ForeignWork, { type, message, at }: Told): void {
  const words = message ?? `${tool} ${WORDS[type]}`;
  run.at(at, () => {
    if (type === 'begun' || type === 'progress') {
      // That it has begun is the record's first word already.
      if (type === 'progress') run.note('progress', words);
      return;
    }
    if (meansWayBack(type)) run.state = withChange(run.state);
    for (const fact of factsOfTold(run.state, type)) {
      if (fact === 'failed' || fact === 'undo-failed') {
        failRun(run, { fact, type: 'told-failed', message: words });
      } else {
        run.report(fact, words);
      }
    }
    const phase = COMPONENTS[type];
    if (phase !== undefined) run.setComponents(run.input.plan.components, phase);
  });
}
