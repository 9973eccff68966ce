import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { Check } from '@fairlead/contracts';
import type { DoctorOptions } from '../commands/doctor.ts';
import { askWorkers } from '../doctor/ask-workers.ts';
import { callerConfig } from '../doctor/caller-config.ts';
import type { CallerConfig } from '../doctor/caller-config.ts';
import { checkReceipts } from '../doctor/check-receipts.ts';
import {
  askServer,
  checkDeliveryQueues,
  checkServer,
  checkWorkers,
} from '../doctor/check-temporal.ts';
import { exitOfChecks } from '../doctor/exit-of-checks.ts';
import { latestReceipts } from '../doctor/latest-receipts.ts';
import { toFairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import type { Io } from '../io.ts';
import { checksText } from '../render/checks.ts';
import type { Result } from '../result.ts';
import { connect } from '@fairlead/client/internal/connection/connect';
import type { Session } from '@fairlead/client/internal/connection/session';
import { unservedQueues } from '@fairlead/client/internal/connection/unserved-queues';

/** Looks at every part. What is away is a line of its own, and the others are looked at all the same. */
export async function doctor(options: DoctorOptions, io: Io): Promise<Result> {
  const here = callerConfig(options, io);
  const checks = [here.check, ...(await checksBeyond(here, io))];
  return {
    exitCode: exitOfChecks(checks),
    text: checksText(checks, io.outStyle),
    json: { checks },
  };
}

async function checksBeyond(here: CallerConfig, io: Io): Promise<readonly Check[]> {
  let session: Session;
  try {
    session = await connect(io.env);
  } catch (error) {
    const { message } = toFairleadError(error);
    const mend = 'start the server; `fairlead up` starts one to try';
    return [{ name: 'temporal', state: 'fail', detail: message, mend }];
  }
  try {
    return (await Promise.all(lookedAt(session, here))).flat();
  } finally {
    await session.close();
  }
}

function lookedAt(session: Session, { places }: CallerConfig) {
  return [
    looked('temporal', async () => [checkServer(await askServer(session))]),
    looked('workers', () => checkWorkers(session, places)),
    looked('what workers see', () =>
      byWorkers(session, async () => {
        const { checks, deliveryQueues } = await askWorkers(session, { places });
        return [...(await checkDeliveryQueues(session, deliveryQueues)), ...checks];
      }),
    ),
    looked('receipts', () =>
      byWorkers(session, async () => checkReceipts(await latestReceipts(session), Date.now())),
    ),
  ];
}

/** What needs a worker to answer. Where there is none, that is a line of its own, and nobody waits. */
async function byWorkers(
  session: Session,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  const unserved = await unservedQueues(session, [CONTROL_QUEUE]);
  return unserved.length > 0 ? [] : look();
}

/** What a check cannot find out is its own line. */
async function looked(
  name: string,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    return [{ name, state: 'fail', detail: toFairleadError(error).message }];
  }
}
