import { detectCaller } from '@fairlead/client/internal/asking/caller';
import type { ForgetOptions } from '../commands/forget.ts';
import { refusedError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { refusal } from '@fairlead/client/internal/asking/refusal';
import type { Result } from '../result.ts';
import { NotFound, Rejection } from '@fairlead/client/internal/connection/failures';
import { forgetTarget } from '@fairlead/client/internal/targets/targets';
import { withSession } from '../temporal/with-session.ts';

export function forget(options: ForgetOptions, io: Io): Promise<Result> {
  const { environment, application } = options;
  return withSession(io, async (session) => {
    try {
      await forgetTarget(session, options, {
        actor: detectCaller(io.env).actor,
        force: options.force === true,
      });
    } catch (error) {
      if (error instanceof Rejection) throw await refusal(session, { error, target: options });
      if (!(error instanceof NotFound)) throw error;
      throw refusedError('unknown-target', `There is no target ${environment}/${application}.`);
    }
    return {
      exitCode: EXIT.done,
      text: `Forgotten: ${environment}/${application}. Its next deployment starts a new record.`,
      json: { forgotten: { environment, application } },
    };
  });
}
