import type { DeploymentRecord, DeploymentResult, GoodComponent } from '@fairlead/contracts';
import type { Run } from './run.ts';

/** What the target's ledger keeps of a run. */
export function resultOf(run: Run): DeploymentResult {
  const record = run.record();
  const rollback = rollbackOf(run);
  const changed = run.snapshot.some(({ images }) => images.length > 0);
  return {
    deploymentId: record.deploymentId,
    kind: record.kind,
    outcome: record.outcome ?? 'failed',
    type: record.type,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt ?? record.startedAt,
    durationSeconds: record.durationSeconds ?? 0,
    ...(rollback === undefined ? {} : { rollback }),
    ...(record.outcome === 'succeeded' && changed ? { runs: runs(run), ran: ran(run) } : {}),
    ...errorOf(run, record),
    left: record.left,
  };
}

/** What failed and, where the way back failed too, what stands in the way now. */
function errorOf({ stuck }: Run, { error }: DeploymentRecord): { error?: string } {
  const parts = [error?.message, stuck].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { error: [...new Set(parts)].join('; ') };
}

/** A rollback was made on the way, or was what the run was for. */
function rollbackOf(run: Run): DeploymentResult['rollback'] {
  const { outcome, phase, kind } = run.state;
  if (kind === 'rollback') return outcome === 'succeeded' ? 'succeeded' : 'failed';
  if (outcome === 'rolled-back') return 'succeeded';
  return phase === 'rolling-back' ? 'failed' : undefined;
}

function runs(run: Run): GoodComponent[] {
  return run.input.plan.components.map(({ name, workload, image, containers }) => ({
    name,
    workload,
    image,
    ...(containers === undefined ? {} : { containers }),
  }));
}

function ran(run: Run): GoodComponent[] {
  const before = new Map(run.snapshot.map(({ name, previousImage }) => [name, previousImage]));
  return runs(run).map((component) => ({
    ...component,
    image: before.get(component.name) ?? component.image,
  }));
}
