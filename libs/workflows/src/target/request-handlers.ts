import { condition, log, setHandler } from '@temporalio/workflow';
import { REQUEST_ID } from '@fairlead/contracts';
import type {
  AdmissionAnswer,
  DeploymentInput,
  DeploymentRequest,
  RollbackRequest,
} from '@fairlead/contracts';
import {
  forgetUpdate,
  ledgerQuery,
  requestDeploymentUpdate,
  requestRollbackUpdate,
  withdrawUpdate,
} from '@fairlead/contracts/messages';
import { planProblem, rollbackTarget, viewOf } from '@fairlead/domain';
import type { Admission } from '@fairlead/domain';
import { rejection } from '../rejection.ts';
import { rollbackInput } from './rollback-input.ts';
import type { Target } from './target-state.ts';

/** A refusal is thrown by the validator: it writes no history, so any number of them costs the target nothing. */
export function handleRequests(target: Target): void {
  setHandler(
    requestDeploymentUpdate,
    (request) =>
      answer(target, {
        input: inputOf(request),
        overHalt: request.force,
        admission: admission(target, request),
      }),
    {
      description: 'Asks for a deployment; the request ID makes a repeat harmless',
      validator: (request: DeploymentRequest) => {
        check(target, request);
        refuse(admission(target, request));
      },
    },
  );
  setHandler(
    requestRollbackUpdate,
    (request) =>
      answer(target, {
        input: rollbackInput(target.ledger, request),
        overHalt: true,
        admission: rollbackAdmission(target, request),
      }),
    {
      description: 'Asks to go back to what ran well before',
      validator: (request: RollbackRequest) => {
        check(target, request);
        const admitted = rollbackAdmission(target, request);
        refuse(admitted);
        if (!('repeated' in admitted)) checkWayBack(target, request);
      },
    },
  );
  setHandler(withdrawUpdate, ({ deploymentId }) => ({ withdrawn: target.withdraw(deploymentId) }), {
    description: 'Takes a queued request back',
  });
  setHandler(
    forgetUpdate,
    ({ actor }): { forgotten: true } => {
      log.info('target forgotten', { actor });
      target.forgotten = true;
      return { forgotten: true };
    },
    {
      description: 'Ends the record of a target that is gone',
      validator: ({ force }: { actor: string; force?: boolean }) => {
        const { running, queue, halt } = target.ledger;
        if (running !== undefined || queue.length > 0) {
          throw rejection('busy', 'a deployment is running or queued; abort it first', running);
        }
        if (halt === undefined || force === true) return;
        throw rejection(
          'halted',
          `deployment ${halt.deploymentId} ${halt.left.length > 0 ? 'left changes in the cluster that only this record can put back' : 'halted this target'}; roll back first, or forget with --force`,
        );
      },
    },
  );
  setHandler(ledgerQuery, () => viewOf(target.ledger), {
    description: 'What this target remembers',
  });
}

function admission(target: Target, { requestId, plan, force }: DeploymentRequest): Admission {
  return target.admission(requestId, plan.onBusy, force);
}

function rollbackAdmission(target: Target, { requestId, plan }: RollbackRequest): Admission {
  return target.admission(requestId, plan.onBusy, true);
}

async function answer(
  target: Target,
  request: { input: DeploymentInput; overHalt: boolean; admission: Admission },
): Promise<AdmissionAnswer> {
  const { input, overHalt, admission: admitted } = request;
  if ('repeated' in admitted) return admitted.repeated;
  refuse(admitted);
  if ('admitted' in admitted && admitted.admitted === 'queue') {
    return target.enqueue({ input, overHalt });
  }
  target.take(input);
  // "Started" is answered when the workflow is there, so that the caller finds it.
  const { deploymentId } = input;
  await condition(() => target.answerOf(deploymentId) !== undefined);
  const settled = target.answerOf(deploymentId) ?? { status: 'started', deploymentId };
  if (!('takenBy' in settled)) return settled;
  throw rejection(
    'request-id-taken',
    `request ID ${deploymentId} was used for ${settled.takenBy}; a request ID is for one target, so put the environment's name into it`,
  );
}

function inputOf({ requestId, plan, actor, reason, ci }: DeploymentRequest): DeploymentInput {
  return {
    deploymentId: requestId,
    kind: 'deploy',
    plan,
    actor,
    requestedAt: new Date().toISOString(),
    leftovers: [],
    ...(reason === undefined ? {} : { reason }),
    ...(ci === undefined ? {} : { ci }),
  };
}

/** The wire is not trusted: a hand-written update must not wedge the target. */
function check(
  { ledger }: Target,
  { requestId, plan }: Pick<DeploymentRequest, 'requestId' | 'plan'>,
): void {
  if (typeof requestId !== 'string' || !REQUEST_ID.test(requestId)) {
    throw rejection(
      'invalid-request',
      'a request ID is 1 to 63 characters of a-z, 0-9 and -, the first and last no -',
    );
  }
  const problem = planProblem(plan, ledger);
  if (problem !== undefined) throw rejection('invalid-request', problem);
  if (plan.onBusy === 'supersede') {
    throw rejection(
      'invalid-request',
      'on-busy supersede is not supported yet; use refuse or queue',
    );
  }
}

function checkWayBack(target: Target, { to }: RollbackRequest): void {
  if (target.ledger.halt !== undefined && to === undefined) return;
  if (rollbackTarget(target.ledger, to) !== undefined) return;
  const known = target.ledger.good.map(({ deploymentId }) => deploymentId).join(', ');
  throw rejection(
    'nothing-to-roll-back',
    to === undefined
      ? 'nothing ran well here before what runs now'
      : `no deployment ${to} is remembered; known: ${known === '' ? 'none' : known}`,
  );
}

function refuse(admitted: Admission): void {
  if (!('rejected' in admitted)) return;
  const details = admitted.rejected === 'busy' ? admitted.running : admitted.halt;
  throw rejection(admitted.rejected, admitted.message, details);
}
