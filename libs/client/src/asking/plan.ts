import { loadCallerConfig, resolvePlanWithOrigins } from '@fairlead/config';
import type { ConfigProblem } from '@fairlead/config';
import type { BusyPolicy, DeploymentPlan, DeploymentType, FailurePlace } from '@fairlead/contracts';

/** What a request depends on beside its options. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
}

interface PlaceOptions {
  readonly environment: string;
  readonly application?: string;
  /** Files; none: `FAIRLEAD_CONFIG`, or the one in the working directory. */
  readonly config?: readonly string[];
}

export interface DeployPlanOptions extends PlaceOptions {
  readonly type?: DeploymentType;
  readonly component?: readonly { readonly name: string; readonly image: string }[];
  readonly namespace?: string;
  readonly onBusy?: BusyPolicy;
  readonly simulateFailure?: FailurePlace;
  readonly disableMonitoring?: boolean;
  readonly disableNotifications?: boolean;
  readonly disableRemediation?: boolean;
}

/** A plan, and the doubts about the configuration that it comes from. */
interface Planned {
  readonly plan: DeploymentPlan;
  readonly warnings: readonly ConfigProblem[];
}

/** What is wanted, from files and flags. Needs no secret: the worker's blocks are not looked into. */
export function deployPlan(options: DeployPlanOptions, from: Surroundings): Planned {
  return resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, from)),
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
}

/** Stands where the ledger's own components will: it alone knows what ran. */
const FROM_LEDGER = { name: 'ledger', image: 'ledger' };

/** Where to go back; to what, the target's ledger says. So the file's components and their variables are not read. */
export function rollbackPlan(
  options: PlaceOptions & Pick<DeployPlanOptions, 'onBusy'>,
  from: Surroundings,
): DeploymentPlan {
  const { plan } = resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, from), [
      'application',
      'environments',
      'canary',
    ]),
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
  options: PlaceOptions & Pick<DeployPlanOptions, 'namespace'>,
  from: Surroundings,
): Pick<DeploymentPlan, 'environment' | 'application' | 'cluster' | 'namespace'> {
  const { plan } = resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, from), ['application', 'environments']),
    flags: {
      ...pick(options, ['application', 'namespace']),
      environment: options.environment,
      components: [FROM_LEDGER],
    },
  });
  return plan;
}

export function configInputs(
  options: { readonly config?: readonly string[] },
  { env }: Surroundings,
) {
  return { files: options.config ?? [], env, cwd: process.cwd() };
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Pick<T, K>;
}
