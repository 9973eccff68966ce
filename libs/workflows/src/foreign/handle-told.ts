import { condition, setHandler } from '@temporalio/workflow';
import { beats } from '@fairlead/contracts';
import type { ForeignWork, Told, ToldAnswer } from '@fairlead/contracts';
import { tellUpdate } from '@fairlead/contracts/messages';
import { toldProblem, toldRefusal } from '@fairlead/domain';
import type { Run } from '../deployment/run.ts';
import { rejection } from '../rejection.ts';
import { tellRun } from './tell-run.ts';

/** More is no progress but a log: each one is an event of the record. */
const TOLD_LIMIT = 500;

/** Takes what is told of the deployment, each event once, from when it is begun. */
export function handleTold(run: Run, foreign: ForeignWork): void {
  const known = new Set<string>();
  const { deploymentId } = run.input;
  const refuse = (told: Told) => {
    if (run.ended || known.has(told.eventId)) return;
    const refused =
      beats(foreign) && told.type !== 'progress'
        ? 'its command says itself how it ends; only progress is told'
        : toldRefusal(run.state, told.type);
    if (refused !== undefined) throw rejection('unfit-phase', `${deploymentId}: ${refused}`);
  };
  setHandler(
    tellUpdate,
    async (told): Promise<ToldAnswer> => {
      await condition(() => run.begun);
      if (known.has(told.eventId)) return { deploymentId, taken: 'known' };
      if (run.ended) return { deploymentId, taken: 'late' };
      refuse(told);
      known.add(told.eventId);
      tellRun(run, foreign, told);
      return { deploymentId, taken: 'new' };
    },
    {
      description: 'What the tool that makes this deployment says of it',
      validator: (told: Told) => {
        const problem = toldProblem(told, Date.now());
        if (problem !== undefined) throw rejection('invalid-request', problem);
        const isMore = told.type === 'progress' && !known.has(told.eventId);
        if (isMore && known.size >= TOLD_LIMIT) {
          throw rejection(
            'invalid-request',
            `${deploymentId} was told ${TOLD_LIMIT} events already`,
          );
        }
        refuse(told);
      },
    },
  );
}
