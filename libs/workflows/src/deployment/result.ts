import type {
  DeploymentInput,
  DeploymentRecord,
  DeploymentResult,
  GoodComponent,
} from '@fairlead/contracts';

import { timingsOf } from '@fairlead/domain';

/** What the target's ledger keeps of a run. Made of its record alone: a run that was terminated has no more. */
export function resultOf(input: DeploymentInput, record: DeploymentRecord): DeploymentResult {
  const rollback = rollbackOf(record);
  const error = errorOf(record);
  // What another tool has brought is not ours to bring back.
  const changed =
    record.source === undefined && record.components.some(({ phase }) => phase !== 'skipped');
  return {
    deploymentId: record.deploymentId,
    kind: record.kind,
    outcome: record.outcome ?? 'failed',
    type: record.type,
    ...(record.source === undefined ? {} : { source: record.source }),
    startedAt: record.startedAt,
    finishedAt: record.finishedAt ?? record.startedAt,
    durationSeconds: record.durationSeconds ?? 0,
    ...(rollback === undefined ? {} : { rollback }),
    ...(record.outcome === 'succeeded' && changed
      ? { runs: runs(input), ran: ran(input, record) }
      : {}),
    ...(error === undefined ? {} : { error }),
    ...(record.error === undefined ? {} : { failure: record.error.type }),
    ...(record.outcome === 'refused' ? {} : { timings: timingsOf(record) }),
    left: record.left,
  };
}

/** A rollback was made on the way, or was what the run was for. */
export function rollbackOf({
  outcome,
  phase,
  kind,
}: Pick<DeploymentRecord, 'outcome' | 'phase' | 'kind'>): DeploymentResult['rollback'] {
  if (kind === 'rollback') return outcome === 'succeeded' ? 'succeeded' : 'failed';
  if (outcome === 'rolled-back') return 'succeeded';
  return phase === 'rolling-back' ? 'failed' : undefined;
}

/** What failed and, where the way back failed too, what stands in the way now. */
function errorOf({ error, events }: DeploymentRecord): string | undefined {
  const stuck = events.findLast(({ kind }) => kind === 'undo-failed')?.message;
  const parts = [error?.message, stuck].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join('; ');
}

function runs({ plan }: DeploymentInput): GoodComponent[] {
  return plan.components.map(({ name, workload, image, containers, after }) => ({
    ...{ name, workload, image, after },
    ...(containers === undefined ? {} : { containers }),
  }));
}

function ran(input: DeploymentInput, record: DeploymentRecord): GoodComponent[] {
  const before = new Map(record.components.map(({ name, previousImage }) => [name, previousImage]));
  return runs(input).map((component) => ({
    ...component,
    image: before.get(component.name) ?? component.image,
  }));
}
