import type { DeploymentPlan } from '@fairlead/contracts';
import { assertNoProblems } from '../config-error.ts';
import { parseDuration } from '../duration.ts';
import type { ConfigEntry } from '../interpret/context.ts';
import type { CallerConfig } from '../load/load-config.ts';
import { ProblemList } from '../problem.ts';
import type { ConfigProblem } from '../problem.ts';
import { DEFAULTS } from '../schema/deployment.ts';
import type { EnvironmentSettings } from '../schema/deployment.ts';
import { checkFlags, flagProblem, flagWarnings } from './check-flags.ts';
import { fromDefault, fromFlag, originLookup } from './chosen.ts';
import type { Chosen, OriginLookup } from './chosen.ts';
import { planCanary } from './plan-canary.ts';
import { planComponents } from './plan-components.ts';
import type { ChosenComponent } from './plan-components.ts';
import { planEntries } from './plan-entries.ts';
import { findEnvironment } from './plan-environment.ts';
import type { PlanFlags } from './plan-flags.ts';

export interface PlanInput {
  readonly config: CallerConfig;
  readonly flags: PlanFlags;
}

/** A plan with the origin of each of its values. */
export interface ResolvedPlan {
  readonly plan: DeploymentPlan;
  readonly entries: readonly ConfigEntry[];
  readonly warnings: readonly ConfigProblem[];
}

/**
 * What a run needs to know, from the caller's files and flags: flags win over files, files over defaults. Beside it
 * stand the origin of each value, and what is doubtful about it.
 * @throws ConfigError with all that is wrong or missing, naming the flag
 */
export function resolvePlanWithOrigins({ config, flags }: PlanInput): ResolvedPlan {
  const problems = new ProblemList();
  checkFlags(flags, problems);
  const settings = findEnvironment(config, flags, problems);
  const originAt = originLookup(config.entries);
  const { components: fromFile = [] } = config.values;
  const fromFlags = flags.components ?? [];
  const components = planComponents({ fromFile, fromFlags, originAt }, problems);
  const choices = choose({ config, flags, settings, originAt }, problems);
  assertNoProblems(problems);
  return {
    plan: toPlan({ flags, components, choices }),
    entries: planEntries({ flags, components, choices }),
    warnings: [...config.warnings, ...flagWarnings(flags)],
  };
}

interface ChoiceInput extends PlanInput {
  readonly settings: EnvironmentSettings;
  readonly originAt: OriginLookup;
}

export type PlanChoices = ReturnType<typeof choose>;

function choose({ config, flags, settings, originAt }: ChoiceInput, problems: ProblemList) {
  const path = `environments.${flags.environment}`;
  const { canary: common } = config.values;
  const { canary: own } = settings;
  const at = <T>(place: string, value: T | undefined): Chosen<T> | undefined =>
    value === undefined ? undefined : { value, origin: originAt(place) };
  const here = <K extends keyof EnvironmentSettings>(
    key: K,
  ): Chosen<NonNullable<EnvironmentSettings[K]>> | undefined =>
    at(`${path}.${key}`, settings[key] ?? undefined);
  const limit = (key: 'progress_deadline' | 'bake', fallback: string): Chosen<string> =>
    here(key) ??
    at(`${path}.canary.${key}`, own?.[key]) ??
    at(`canary.${key}`, common?.[key]) ??
    fromDefault(fallback);

  const application =
    fromFlag('--application', flags.application) ?? at('application', config.values.application);
  if (application === undefined) reportNoApplication(problems);
  return {
    application: application ?? fromDefault(''),
    cluster: here('cluster') ?? fromDefault(DEFAULTS.cluster),
    namespace:
      fromFlag('--namespace', flags.namespace) ??
      here('namespace') ??
      fromDefault(flags.environment),
    type:
      fromFlag('--type', flags.type) ??
      here('type') ??
      fromDefault(
        own === undefined && common === undefined ? ('rolling' as const) : ('canary' as const),
      ),
    ...planCanary({ common, own, ownPath: `${path}.canary`, originAt }),
    progressDeadline: limit('progress_deadline', DEFAULTS.progressDeadline),
    bake: limit('bake', DEFAULTS.bake),
    expectedDuration: here('expected_duration') ?? fromDefault(DEFAULTS.expectedDuration),
    onBusy:
      fromFlag('--on-busy', flags.onBusy) ?? here('on_busy') ?? fromDefault('refuse' as const),
    allowManaged:
      fromFlag('--allow-managed', flags.allowManaged) ??
      here('allow_managed') ??
      allowedByComponents(config, originAt) ??
      fromDefault(false),
    severity: here('severity') ?? fromDefault('critical' as const),
  };
}

/** The plan has one word for all components, so they must agree before it is said. */
function allowedByComponents(
  { values: { components = [] } }: CallerConfig,
  originAt: OriginLookup,
): Chosen<boolean> | undefined {
  const allow =
    components.length > 0 && components.every((component) => component.allow_managed === true);
  return allow ? { value: true, origin: originAt('components[0].allow_managed') } : undefined;
}

function reportNoApplication(problems: ProblemList): void {
  const message = 'missing; give --application, or application in a file';
  problems.add({ ...flagProblem('--application', message), code: 'missing' });
}

interface PlanParts {
  readonly flags: PlanFlags;
  readonly components: readonly ChosenComponent[];
  readonly choices: PlanChoices;
}

function toPlan({ flags, components, choices }: PlanParts): DeploymentPlan {
  const { monitoring = true, notifications = true, remediation = true } = flags.features ?? {};
  return {
    environment: flags.environment,
    application: choices.application.value,
    cluster: choices.cluster.value,
    namespace: choices.namespace.value,
    type: choices.type.value,
    components: components.map(({ component }) => component),
    canary: { traffic: choices.traffic.value, steps: choices.steps.value },
    progressDeadlineMs: toMs(choices.progressDeadline),
    bakeMs: toMs(choices.bake),
    expectedDurationMs: toMs(choices.expectedDuration),
    onBusy: choices.onBusy.value,
    allowManaged: choices.allowManaged.value,
    severity: choices.severity.value,
    features: { monitoring, notifications, remediation },
    ...(flags.simulateFailure === undefined ? {} : { simulateFailure: flags.simulateFailure }),
  };
}

/** The schema has checked the duration already. */
function toMs({ value }: Chosen<string>): number {
  return parseDuration(value) ?? 0;
}
