export { ConfigError, renderProblem, renderProblems } from './config-error.ts';
export type { ConfigErrorJson } from './config-error.ts';
export { MAX_DURATION_MS, parseDuration } from './duration.ts';
export { parseImageReference, unpinnedReason } from './image-reference.ts';
export type { ImageReference } from './image-reference.ts';
export type { ConfigEntry } from './interpret/context.ts';
export type { ConfigInputs } from './load/config-inputs.ts';
export { loadCallerConfig, loadFullConfig } from './load/load-config.ts';
export type { CallerConfig, FullConfig, LoadedConfig } from './load/load-config.ts';
export { describeOrigin } from './origin.ts';
export type { Origin, Position } from './origin.ts';
export type { FlagComponent, PlanFlags } from './plan/plan-flags.ts';
export { resolvePlan, resolvePlanWithOrigins } from './plan/resolve-plan.ts';
export type { PlanInput, ResolvedPlan } from './plan/resolve-plan.ts';
export type { ConfigProblem, ProblemCode } from './problem.ts';
export type {
  CanarySettings,
  ComponentSettings,
  EnvironmentSettings,
  StepSettings,
  TrafficSettings,
} from './schema/deployment.ts';
export type { BlockName, CallerBlock, ConfigValues } from './schema/config-schema.ts';
export { Secret } from './secret.ts';
export { configJsonSchema } from './show/config-json-schema.ts';
export { describeConfig } from './show/describe-config.ts';
export type {
  ConfigDescription,
  ConfigDescriptionJson,
  DescribedValue,
} from './show/describe-config.ts';
export type { JsonSchema } from './show/editor-schema.ts';
export type {
  FirebaseSettings,
  PagerdutySettings,
  SlackSettings,
  SmsSettings,
  TeamsSettings,
} from './schema/channels.ts';
export type {
  DatadogSettings,
  MonitoringSettings,
  PrometheusSettings,
} from './schema/monitoring.ts';
export type { NotificationSettings } from './schema/notification.ts';
export type { RemediationSettings } from './schema/remediation.ts';
export type { RoleSettings } from './schema/roles.ts';
