export { ConfigError, renderProblem } from './config-error.ts';
export { parseDuration } from './duration.ts';
export {
  inspectCallerConfig,
  inspectFullConfig,
  loadCallerConfig,
  loadFullConfig,
} from './load/load-config.ts';
export { nearest } from './nearest.ts';
export type { CallerConfig } from './load/load-config.ts';
export { DEFAULTS } from './schema/deployment.ts';
export { resolveForeignPlan } from './plan/foreign-plan.ts';
export { resolvePlanWithOrigins } from './plan/resolve-plan.ts';
export type { ConfigProblem } from './problem.ts';
export { configJsonSchema } from './show/config-json-schema.ts';
export { describeConfig } from './show/describe-config.ts';
