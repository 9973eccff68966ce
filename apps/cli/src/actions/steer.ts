import type { CommandAnswer, CommandInput, CommandName } from '@fairlead/contracts';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import type { SteeringOptions } from '../commands/steering.ts';
import { refusedError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { pickTarget } from '@fairlead/client/internal/targets/pick-target';
import type { Result } from '../result.ts';
import {
  answersApproval,
  steerDeployment,
  stopDeployment,
} from '@fairlead/client/internal/deployments/steering';
import type { Session } from '@fairlead/client/internal/connection/session';
import { readLedger } from '@fairlead/client/internal/targets/targets';
import { withSession } from '../temporal/with-session.ts';

interface SteerRequest {
  readonly name: CommandName;
  readonly deployment: string | undefined;
  readonly options: SteeringOptions;
}

export function steer(request: SteerRequest, io: Io): Promise<Result> {
  const { name, options } = request;
  const input: CommandInput = {
    actor: detectCaller(io.env).actor,
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.full === true ? { full: true } : {}),
  };
  return withSession(io, async (session) => {
    const deploymentId = request.deployment ?? (await runningOf(session, options, io));
    if (name !== 'abort') {
      const answer = await steerDeployment(session, { name, deploymentId, input });
      const approved = name === 'promote' && (await answersApproval(session, answer));
      return accepted(name, answer, approved ? APPROVED : ACCEPTED[name]);
    }
    const { environment } = options;
    const stopped = await stopDeployment(session, { deploymentId, input, environment });
    return stopped === 'withdrawn' ? withdrawn(deploymentId) : accepted(name, stopped);
  });
}

async function runningOf(session: Session, options: SteeringOptions, io: Io): Promise<string> {
  const target = await pickTarget(session, options, io);
  const running = (await readLedger(session, target))?.running;
  if (running !== undefined) return running.deploymentId;
  throw refusedError(
    'unfit-phase',
    `Nothing is running on ${target.environment}/${target.application}.`,
    { target },
  );
}

const ACCEPTED: Readonly<Record<CommandName, string>> = {
  promote: 'Promoted',
  abort: 'Aborting',
  pause: 'Paused',
  resume: 'Resumed',
};

const APPROVED = 'Approved; goes on';

function accepted(name: CommandName, answer: CommandAnswer, word: string = ACCEPTED[name]): Result {
  const { deploymentId, phase, weight } = answer;
  return {
    exitCode: EXIT.done,
    text: `${word}: ${deploymentId}, phase ${phase}, weight ${weight}%. Follow it with \`fairlead status ${deploymentId} --watch\`.`,
    json: { command: name, ...answer },
  };
}

function withdrawn(deploymentId: string): Result {
  return {
    exitCode: EXIT.done,
    text: `Withdrawn: ${deploymentId} will not run.`,
    json: { command: 'abort', deploymentId, withdrawn: true },
  };
}
