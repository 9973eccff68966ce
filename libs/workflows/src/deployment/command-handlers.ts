import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import type { CommandAnswer, CommandInput, CommandName } from '@fairlead/contracts';
import {
  abortSignal,
  abortUpdate,
  pauseSignal,
  pauseUpdate,
  promoteSignal,
  promoteUpdate,
  recordQuery,
  resumeSignal,
  resumeUpdate,
} from '@fairlead/contracts/messages';
import type { Run } from './run.ts';

const MESSAGES = [
  [
    'promote',
    promoteUpdate,
    promoteSignal,
    'Goes on past the step that waits; full skips the rest',
  ],
  ['abort', abortUpdate, abortSignal, 'Takes the deployment back to what ran before'],
  ['pause', pauseUpdate, pauseSignal, 'Holds before the next step'],
  ['resume', resumeUpdate, resumeSignal, 'Goes on after a pause'],
] as const;

/** Updates reject what does not fit, with the reason; of a signal the timeline tells why it was ignored. */
export function handleCommands(run: Run): void {
  for (const [name, update, signal, description] of MESSAGES) {
    setHandler(update, (input: CommandInput): CommandAnswer => accept(run, name, input), {
      description,
      validator: (input: CommandInput) => {
        reject(run, name, input);
      },
    });
    setHandler(
      signal,
      (input?: CommandInput) => {
        acceptSignal(run, name, input);
      },
      { description },
    );
  }
  setHandler(recordQuery, () => run.record(), { description: 'The whole deployment record' });
}

function accept(run: Run, name: CommandName, input: CommandInput): CommandAnswer {
  reject(run, name, input);
  run.command({ name, ...(input.full === true ? { full: true } : {}) }, sentence(name, input));
  const { deploymentId, phase, step, weight } = run.record();
  return { deploymentId, phase, step, weight };
}

function reject(run: Run, name: CommandName, input: CommandInput): void {
  const refused = run.refusal({ name, ...(input.full === true ? { full: true } : {}) });
  if (refused === undefined) return;
  const { deploymentId, phase, outcome } = run.record();
  throw ApplicationFailure.nonRetryable(
    `${name} of ${deploymentId} refused: ${refused}`,
    'unfit-phase',
    {
      deploymentId,
      phase,
      outcome,
      reason: refused,
    },
  );
}

function acceptSignal(run: Run, name: CommandName, input: unknown): void {
  const command = readSignal(input);
  const refused = run.refusal({ name, ...(command.full === true ? { full: true } : {}) });
  if (refused !== undefined) {
    run.ignore(`${sentence(name, { actor: 'a signal', ...command })}, ignored: ${refused}`);
    return;
  }
  accept(run, name, { actor: 'a signal', ...command });
}

/** Signals come from anyone's hands: what is not a command's input counts as none. */
function readSignal(input: unknown): CommandInput {
  if (typeof input !== 'object' || input === null) return {};
  const { actor, reason, full } = input as Record<string, unknown>;
  return {
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(full === true ? { full } : {}),
  };
}

function sentence(name: CommandName, { actor, reason, full }: CommandInput): string {
  const verb = full === true ? `${name} (all remaining steps)` : name;
  return `${verb} by ${actor ?? 'someone'}${reason === undefined ? '' : `: ${reason}`}`;
}
