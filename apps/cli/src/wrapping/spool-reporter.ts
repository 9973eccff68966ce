import type { CommandEnd, DeploymentInput, ToldType } from '@fairlead/contracts';
import { commandWords } from '@fairlead/domain';
import type { Io } from '../io.ts';
import { keep } from '../spool/keep.ts';
import type { Reporter } from './reporter.ts';

/** Writes down what Temporal cannot be told now; the next call tells it. */
export function createSpoolReporter(
  input: DeploymentInput,
  { tool, undoable }: { readonly tool: string; readonly undoable: boolean },
  io: Io,
): Reporter {
  const { deploymentId } = input;
  keep(io, deploymentId, { begin: input });
  return {
    deploymentId,
    watch: () => ({ stop: () => undefined }),
    ended(which, end) {
      const type = which === 'command' ? ofCommand(end, undoable) : ofUndo(end);
      const message = commandWords(which === 'command' ? tool : 'the rollback command', end);
      const told = { eventId: `${which}-ended`, type, message, at: new Date().toISOString() };
      keep(io, deploymentId, { told });
      return Promise.resolve();
    },
    record: () => Promise.resolve(undefined),
  };
}

function ofCommand({ exitCode }: CommandEnd, undoable: boolean): ToldType {
  if (exitCode === 0) return 'succeeded';
  return undoable ? 'rollback-begun' : 'failed';
}

function ofUndo({ exitCode }: CommandEnd): ToldType {
  return exitCode === 0 ? 'rolled-back' : 'rollback-failed';
}
