import { loadCallerConfig, resolvePlanWithOrigins } from '@fairlead/config';
import type { DeploymentPlan } from '@fairlead/contracts';
import type { DeployOptions } from '../commands/deploy.ts';
import type { RemediateOptions } from '../commands/remediation.ts';
import type { RollbackOptions } from '../commands/rollback.ts';
import type { Io } from '../io.ts';
import { warnOf } from '../warn.ts';

/** What is wanted, from files and flags. Needs no secret: the worker's blocks are not looked into. */
export function deployPlan(options: DeployOptions, io: Io): DeploymentPlan {
  const { plan, warnings } = resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, io)),
    flags: {
      ...pick(options, [
        'environment',
        'application',
        'type',
        'namespace',
        'onBusy',
        'simulateFailure',
      ]),
      environment: options.environment,
      ...(options.component === undefined ? {} : { components: options.component }),
      features: {
        monitoring: options.disableMonitoring !== true,
        notifications: options.disableNotifications !== true,
        remediation: options.disableRemediation !== true,
      },
    },
  });
  warnOf(warnings, io);
  return plan;
}

/** Stands where the ledger's own components will: it alone knows what ran. */
const FROM_LEDGER = { name: 'ledger', image: 'ledger' };

/** Where to go back; to what, the target's ledger says. So the file's components and their variables are not read. */
export function rollbackPlan(options: RollbackOptions, io: Io): DeploymentPlan {
  const { plan } = resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, io), ['application', 'environments', 'canary']),
    flags: {
      ...pick(options, ['application', 'onBusy']),
      environment: options.environment,
      components: [FROM_LEDGER],
    },
  });
  return { ...plan, components: [] };
}

/** Where an issue is: of the file, only what says that is read. */
export function issuePlace(
  options: RemediateOptions,
  io: Io,
): Pick<DeploymentPlan, 'environment' | 'application' | 'cluster' | 'namespace'> {
  const { plan } = resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, io), ['application', 'environments']),
    flags: {
      ...pick(options, ['application', 'namespace']),
      environment: options.environment,
      components: [FROM_LEDGER],
    },
  });
  return plan;
}

export function configInputs(options: { readonly config?: readonly string[] }, io: Io) {
  return { files: options.config ?? [], env: io.env, cwd: process.cwd() };
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Pick<T, K>;
}
