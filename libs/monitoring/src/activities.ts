import { Context } from '@temporalio/activity';
import { AdapterError } from '@fairlead/contracts';
import type {
  ProvisionActivities,
  ProvisionChange,
  ProvisionInput,
  StateActivities,
} from '@fairlead/contracts';
import { toApplicationFailure } from '@fairlead/contracts/activity-failure';
import type { MonitoringSystem } from './monitoring-system.ts';
import { overAllTries } from './provisioning/over-all-tries.ts';
import type { Made, Provisioner } from './provisioning/provisioner.ts';

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
        goingOn(async (made) => {
          const provisioner = find(request.system, 'provisioner');
          const signal = until(PROVISION_TIMEOUT_MS);
          return carryOut(provisioner, request, { signal, made });
        }),
      ),
  };
}

function carryOut(
  provisioner: Provisioner,
  { verb, force, removeDuplicates }: ProvisionInput,
  { signal, made }: { readonly signal: AbortSignal; readonly made: Made },
): ReturnType<Provisioner['plan']> {
  switch (verb) {
    case 'plan':
      return provisioner.plan({ force, removeDuplicates }, signal);
    case 'apply':
      return provisioner.apply({ force, removeDuplicates }, signal, made);
    case 'remove':
      return provisioner.remove(signal, made);
  }
}

function until(timeoutMs: number): AbortSignal {
  return AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(timeoutMs)]);
}

/** A worker that is killed in the middle is noticed within seconds; what it had made until then, the next try tells too. */
async function goingOn(
  work: (made: Made) => Promise<readonly ProvisionChange[]>,
): Promise<readonly ProvisionChange[]> {
  const context = Context.current();
  const earlier = (context.info.heartbeatDetails ?? []) as readonly ProvisionChange[];
  const done = [...earlier];
  const beat = setInterval(() => {
    context.heartbeat(done);
  }, HEARTBEAT_MS);
  try {
    const last = await work((change) => {
      done.push(change);
      context.heartbeat(done);
    });
    return overAllTries(earlier, last);
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
