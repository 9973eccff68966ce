import type { LedgerView } from '@fairlead/contracts';
import type { StatusOptions } from '../commands/status.ts';
import { refusedError, usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import { queueInstead } from '@fairlead/client/internal/targets/find-queued';
import { queuedResult } from '../render/queued-result.ts';
import { watch } from '../following/watch.ts';
import type { Io } from '../io.ts';
import { pickTarget } from '@fairlead/client/internal/targets/pick-target';
import { summary } from '../render/summary.ts';
import { targetText } from '../render/target.ts';
import { targetsTable } from '../render/targets-table.ts';
import type { Result } from '../result.ts';
import { lookAt } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
import { listTargets, readLedger } from '@fairlead/client/internal/targets/targets';
import type { TargetName } from '@fairlead/client/internal/targets/targets';
import { withSession } from '../temporal/with-session.ts';

export function status(
  deployment: string | undefined,
  options: StatusOptions,
  io: Io,
): Promise<Result> {
  if (deployment !== undefined && options.environment !== undefined) {
    throw usageError('Name a deployment or a target, not both.');
  }
  return withSession(io, async (session) => {
    if (deployment !== undefined) return deploymentStatus(session, { deployment, options }, io);
    if (options.environment === undefined) return allTargets(session, options);
    return targetStatus(session, options, io);
  });
}

async function deploymentStatus(
  session: Session,
  { deployment, options }: { deployment: string; options: StatusOptions },
  io: Io,
): Promise<Result> {
  if (options.watch === true) return watch(session, deployment, io);
  try {
    const { record, troubles } = await lookAt(session, deployment, {
      thorough: true,
      vendors: 'now',
    });
    const text = summary(record, { nowMs: Date.now(), style: io.outStyle, troubles });
    return { exitCode: EXIT.done, text, json: record };
  } catch (error) {
    return queuedResult(await queueInstead(session, deployment, error), deployment);
  }
}

async function targetStatus(session: Session, options: StatusOptions, io: Io): Promise<Result> {
  const target = await pickTarget(session, options, io);
  const ledger = await knownLedger(session, target);
  const running = ledger.running?.deploymentId;
  if (running !== undefined && options.watch === true) return watch(session, running, io);
  const look =
    running === undefined
      ? undefined
      : await lookAt(session, running, { thorough: true, vendors: 'now' }).catch(() => undefined);
  return {
    exitCode: EXIT.done,
    text: targetText(ledger, { nowMs: Date.now(), style: io.outStyle, ...look }),
    json: { ...ledger, ...(look === undefined ? {} : { record: look.record }) },
  };
}

async function knownLedger(session: Session, target: TargetName): Promise<LedgerView> {
  const ledger = await readLedger(session, target);
  if (ledger !== undefined) return ledger;
  throw refusedError(
    'unknown-target',
    `Nothing was ever deployed to ${target.environment}/${target.application}; \`fairlead status\` lists the targets.`,
  );
}

async function allTargets(session: Session, options: StatusOptions): Promise<Result> {
  if (options.watch === true) throw usageError('--watch needs a deployment or --environment.');
  const targets = (await listTargets(session, undefined)).filter(
    ({ application }) => options.application === undefined || application === options.application,
  );
  const ledgers: LedgerView[] = [];
  for (const target of targets) {
    const ledger = await readLedger(session, target);
    if (ledger !== undefined) ledgers.push(ledger);
  }
  return { exitCode: EXIT.done, text: targetsTable(ledgers), json: { targets: ledgers } };
}
