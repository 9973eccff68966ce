import type { Check } from '@fairlead/contracts';
import type { DoctorOptions } from '../commands/doctor.ts';
import { askWorkers } from '../doctor/ask-workers.ts';
import { callerConfig } from '../doctor/caller-config.ts';
import type { CallerConfig } from '../doctor/caller-config.ts';
import { checkReceipts, unheardChannels } from '../doctor/check-receipts.ts';
import { checkServer, checkWorkers } from '../doctor/check-temporal.ts';
import { latestReceipts } from '../doctor/latest-receipts.ts';
import { toCliError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { checksText } from '../render/checks.ts';
import type { Result } from '../result.ts';
import { connect } from '../temporal/connect.ts';
import type { Session } from '../temporal/session.ts';

/** Looks at every part. What is away is a line of its own, and the others are looked at all the same. */
export async function doctor(options: DoctorOptions, io: Io): Promise<Result> {
  const here = callerConfig(options, io);
  const checks = [here.check, ...(await checksBeyond(here, io))];
  return {
    exitCode: exitOf(checks),
    text: checksText(checks, io.outStyle),
    json: { checks },
  };
}

async function checksBeyond(here: CallerConfig, io: Io): Promise<readonly Check[]> {
  let session: Session;
  try {
    session = await connect(io.env);
  } catch (error) {
    const mend = 'start the server; `fairlead up` starts one to try';
    return [{ name: 'temporal', state: 'fail', detail: toCliError(error).message, mend }];
  }
  try {
    return (await Promise.all(lookedAt(session, here))).flat();
  } finally {
    await session.close();
  }
}

function lookedAt(session: Session, { places, channels }: CallerConfig) {
  return [
    looked('temporal', async () => [await checkServer(session)]),
    looked('workers', () => checkWorkers(session, places)),
    looked('workers', () => askWorkers(session, { places })),
    looked('receipts', async () => {
      const receipts = await latestReceipts(session);
      return [...checkReceipts(receipts), ...unheardChannels(channels, receipts)];
    }),
  ];
}

/** What a check cannot find out is its own line. */
async function looked(
  name: string,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    return [{ name, state: 'fail', detail: toCliError(error).message }];
  }
}

/** 2 where only a configuration is wrong, else 6: something does not answer, or does not do what it is there for. */
function exitOf(checks: readonly Check[]): ExitCode {
  const failed = checks.filter(({ state }) => state === 'fail');
  if (failed.length === 0) return EXIT.done;
  return failed.every(({ name }) => name.includes('configuration')) ? EXIT.usage : EXIT.unreachable;
}
