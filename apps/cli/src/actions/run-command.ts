import { basename } from 'node:path';
import type {
  CommandEnd,
  DeploymentInput,
  DeploymentPlan,
  DeploymentRequest,
} from '@fairlead/contracts';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import type { Caller } from '@fairlead/client/internal/asking/caller';
import { foreignPlan } from '@fairlead/client/internal/asking/foreign-plan';
import { createRequestId } from '@fairlead/client/internal/asking/request-id';
import { takeLock } from '../asking/take-lock.ts';
import type { RunOptions } from '../commands/run.ts';
import { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import type { Result } from '../result.ts';
import { withReport } from '../reporting/with-report.ts';
import { deliverSpool } from '../spool/deliver-spool.ts';
import { connect } from '@fairlead/client/internal/connection/connect';
import { createLiveReporter } from '../wrapping/live-reporter.ts';
import { createMask } from '../wrapping/masking.ts';
import type { Reporter } from '../wrapping/reporter.ts';
import { createSpoolReporter } from '../wrapping/spool-reporter.ts';
import { startProcess } from '../wrapping/wrapped-process.ts';

type Words = readonly [string, ...string[]];

/** Takes the target's lock, runs the command, and says how it ended. The exit code is the command's own. */
export function runCommand(command: Words, options: RunOptions, io: Io): Promise<Result> {
  const requestId = options.requestId ?? createRequestId(new Date());
  const report = { folder: options.report, deploymentId: requestId, io };
  return withReport(report, () => wrap(command, { requestId, options }, io));
}

interface Wrapping {
  readonly requestId: string;
  readonly options: RunOptions;
}

async function wrap(command: Words, { requestId, options }: Wrapping, io: Io): Promise<Result> {
  const { reason, rollback, report } = options;
  const tool = basename(command[0]);
  const foreign = {
    source: 'command',
    tool,
    undoable: rollback !== undefined,
    locks: true,
  } as const;
  const plan = foreignPlan(options, foreign, io);
  const asked = { plan, ...detectCaller(io.env), ...(reason === undefined ? {} : { reason }) };
  const reporter = await reporterOf(asked, { requestId, options }, io);
  const run = (words: Words, which: 'command' | 'undo') =>
    runOne(words, { which, reporter, graceMs: options.grace, io });
  const end = await run(command, 'command');
  const failed = end.exitCode !== 0 || end.stopped === true;
  if (failed && rollback !== undefined) {
    const undone = await run(['sh', '-c', rollback], 'undo');
    io.err(lastLine(reporter.deploymentId, end, undone));
  }
  if (report === undefined) return { exitCode: end.exitCode, text: '' };
  const { exitCode } = end;
  const record = await reporter.record();
  return { exitCode, text: '', json: record ?? { deploymentId: reporter.deploymentId, exitCode } };
}

/** Which of the two ended how is not to be seen from the exit code, nor from what they wrote. */
function lastLine(deploymentId: string, end: CommandEnd, undone: CommandEnd): string {
  const how = end.stopped === true ? 'was aborted' : `failed with exit code ${end.exitCode}`;
  const back =
    undone.exitCode === 0
      ? 'its rollback succeeded'
      : `its rollback failed with exit code ${undone.exitCode}, so look at what it left`;
  return `fairlead: deployment ${deploymentId} ${how}; ${back}\n`;
}

type Asked = Pick<DeploymentRequest, 'plan' | 'reason'> & Caller;

/** To Temporal, with the lock held; or to the spool, where the caller wants the command to run all the same. */
async function reporterOf(
  asked: Asked,
  { requestId, options }: Wrapping,
  io: Io,
): Promise<Reporter> {
  try {
    const session = await connect(io.env);
    await deliverSpool(session, io);
    const request: DeploymentRequest = { requestId, ...asked, force: options.force === true };
    await takeLock(session, request, io);
    return createLiveReporter(session, requestId, io);
  } catch (error) {
    const isAway = error instanceof FairleadError && error.exitCode === EXIT.unreachable;
    if (!isAway || options.onUnreachable === 'fail') throw error;
    const [first = ''] = error.message.split('\n');
    // A worker that comes back may yet take up what Temporal was asked: that ends as silent, under its own ID.
    const mayBegin = error.details.requestId !== undefined;
    const deploymentId = mayBegin ? createRequestId(new Date()) : requestId;
    io.err(
      `fairlead: ${first} The command runs without a lock, as deployment ${deploymentId}; the next call tells of it.\n`,
    );
    return spoolReporter(asked, deploymentId, io);
  }
}

function spoolReporter(asked: Asked, deploymentId: string, io: Io): Reporter {
  const { foreign } = asked.plan;
  if (foreign === undefined) throw new Error('a wrapped command has a tool');
  const now = new Date().toISOString();
  const plan: DeploymentPlan = {
    ...asked.plan,
    foreign: { ...foreign, locks: false, begunAt: now },
  };
  const input: DeploymentInput = {
    ...{ ...asked, plan, deploymentId, leftovers: [], requestedAt: now },
    kind: 'deploy',
  };
  return createSpoolReporter(input, foreign, io);
}

interface Running {
  readonly which: 'command' | 'undo';
  readonly reporter: Reporter;
  readonly graceMs: number;
  readonly io: Io;
}

async function runOne(
  command: Words,
  { which, reporter, graceMs, io }: Running,
): Promise<CommandEnd> {
  const env = { ...io.env, FAIRLEAD_DEPLOYMENT_ID: reporter.deploymentId };
  const wrapped = startProcess({ command, env, graceMs, mask: createMask(io.env) });
  const aborted = new AbortController();
  const watch = reporter.watch(which, () => {
    aborted.abort();
    wrapped.stop();
  });
  const how = await wrapped.ended;
  watch.stop();
  const end = aborted.signal.aborted ? { ...how, stopped: true as const } : how;
  await reporter.ended(which, end);
  return end;
}
