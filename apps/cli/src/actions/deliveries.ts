import type { DeploymentRecord } from '@fairlead/contracts';
import { queueInstead } from '@fairlead/client/internal/targets/find-queued';
import type { DeliveriesOptions } from '../commands/deliveries.ts';
import { warnOfUnknownTarget } from '../asking/unknown-target.ts';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { receiptCounts, receiptsText } from '../render/receipts.ts';
import type { ShownReceipt } from '../render/receipts.ts';
import type { Result } from '../result.ts';
import { listDeployments } from '@fairlead/client/internal/deployments/list-deployments';
import { lookAt } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
import { withSession } from '../temporal/with-session.ts';

export function deliveries(
  deployment: string | undefined,
  options: DeliveriesOptions,
  io: Io,
): Promise<Result> {
  if (deployment !== undefined && (options.environment ?? options.application) !== undefined) {
    throw usageError('Name a deployment or a target, not both.');
  }
  return withSession(io, async (session) => {
    const all =
      deployment === undefined
        ? await ofLatest(session, options)
        : await ofOne(session, deployment);
    if (all.length === 0) await warnOfUnknownTarget(session, options, io);
    const receipts = options.dead === true ? all.filter(({ state }) => state === 'dead') : all;
    return {
      exitCode: EXIT.done,
      text: receipts.length === 0 ? nothing(all, options) : receiptsText(receipts, io.outStyle),
      json: { counts: receiptCounts(receipts), deliveries: receipts },
    };
  });
}

/** One in the queue has told nobody of anything. */
async function ofOne(session: Session, deploymentId: string): Promise<readonly ShownReceipt[]> {
  try {
    return (await recordOf(session, deploymentId)).deliveries;
  } catch (error) {
    await queueInstead(session, deploymentId, error);
    return [];
  }
}

async function ofLatest(
  session: Session,
  options: DeliveriesOptions,
): Promise<readonly ShownReceipt[]> {
  const latest = await listDeployments(session, options);
  const records = await Promise.all(
    latest.map(({ deploymentId }) => recordOf(session, deploymentId)),
  );
  return records.flatMap(({ deploymentId, deliveries: receipts }) =>
    receipts.map((receipt) => ({ deploymentId, ...receipt })),
  );
}

async function recordOf(session: Session, deploymentId: string): Promise<DeploymentRecord> {
  return (await lookAt(session, deploymentId, { thorough: true, vendors: 'now' })).record;
}

function nothing(all: readonly ShownReceipt[], { dead }: DeliveriesOptions): string {
  return dead === true && all.length > 0 ? 'None is dead.' : 'No deliveries.';
}
