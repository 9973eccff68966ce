import { Context } from '@temporalio/activity';
import { AdapterError } from '@fairlead/contracts';
import type { ProvisionActivities, ProvisionInput, StateActivities } from '@fairlead/contracts';
import { toApplicationFailure } from '@fairlead/contracts/activity-failure';
import type { MonitoringSystem } from './monitoring-system.ts';
import type { Provisioner } from './provisioning/provisioner.ts';

/** Longest that one call of a state may take. */
const STATE_TIMEOUT_MS = 10_000;
/** Dashboards and alerts of one system: some twenty calls. */
const PROVISION_TIMEOUT_MS = 100_000;
/** Well within the heartbeat's timeout of 20 s. */
const HEARTBEAT_MS = 5_000;

interface MonitoringDependencies {
  /** Asked at each call, so that a reloaded configuration counts from the next one on. */
  readonly systems: () => readonly MonitoringSystem[];
}

/** What workflows ask of monitoring systems beside events, which go over the outbox. */
export function createMonitoringActivities({
  systems,
}: MonitoringDependencies): StateActivities & ProvisionActivities {
  function find<Part extends 'states' | 'provisioner'>(
    name: string,
    part: Part,
  ): NonNullable<MonitoringSystem[Part]> {
    const found = systems().find((system) => system.name === name)?.[part];
    if (found !== undefined) return found;
    throw new AdapterError(
      'config-invalid',
      `${name}: this worker's configuration has no such system that ${part === 'states' ? 'takes states' : 'is provisioned'}; add it to monitoring_systems`,
    );
  }
  return {
    publishState: ({ system, state }) =>
      failing(async () => {
        await find(system, 'states').publish(state, until(STATE_TIMEOUT_MS));
        return { attempt: Context.current().info.attempt };
      }),
    forgetState: ({ system, ...target }) =>
      failing(() => find(system, 'states').forget(target, until(STATE_TIMEOUT_MS))),
    provision: (request) =>
      failing(() =>
        beating(() => {
          const provisioner = find(request.system, 'provisioner');
          return carryOut(provisioner, request, until(PROVISION_TIMEOUT_MS));
        }),
      ),
  };
}

function carryOut(
  provisioner: Provisioner,
  { verb, force, removeDuplicates }: ProvisionInput,
  signal: AbortSignal,
): ReturnType<Provisioner['plan']> {
  switch (verb) {
    case 'plan':
      return provisioner.plan({ force, removeDuplicates }, signal);
    case 'apply':
      return provisioner.apply({ force, removeDuplicates }, signal);
    case 'remove':
      return provisioner.remove(signal);
  }
}

function until(timeoutMs: number): AbortSignal {
  return AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(timeoutMs)]);
}

/** A worker that is killed in the middle is noticed within seconds. */
async function beating<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const beat = setInterval(() => {
    context.heartbeat();
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

async function failing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AdapterError ? toApplicationFailure(error) : error;
  }
}
