import { refusedError, usageError } from '../errors/fairlead-error.ts';
import type { Surroundings } from '../asking/plan.ts';
import { listTargets } from './targets.ts';
import type { TargetName } from './targets.ts';
import type { Session } from '../connection/session.ts';

interface TargetOptions {
  readonly environment?: string | undefined;
  readonly application?: string | undefined;
  readonly config?: readonly string[] | undefined;
}

/** The one target that is meant: by both names, the configuration's application, or the environment's only one. */
export async function pickTarget(
  session: Session,
  options: TargetOptions,
  { env }: Surroundings,
): Promise<TargetName> {
  const { environment } = options;
  if (environment === undefined) {
    throw usageError('Name a deployment, or a target with --environment (and --application).');
  }
  const application = options.application ?? (await configuredApplication(options.config, env));
  if (application !== undefined) return { environment, application };
  const targets = await listTargets(session, environment);
  const [only, ...others] = targets;
  if (only === undefined) {
    throw refusedError(
      'unknown-target',
      `Nothing was ever deployed to "${environment}"; \`fairlead status\` lists the targets.`,
    );
  }
  if (others.length > 0) {
    const names = targets.map((target) => target.application).join(', ');
    throw usageError(
      `"${environment}" has several applications: name one with --application (${names}).`,
    );
  }
  return only;
}

/** A command that steers must work without a file, and beside a broken one; one that is named must be good. */
async function configuredApplication(
  files: readonly string[] | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const { loadCallerConfig } = await import('@fairlead/config');
  try {
    return loadCallerConfig({ files: files ?? [], env, cwd: process.cwd() }, ['application']).values
      .application;
  } catch (error) {
    if (files !== undefined) throw error;
    return undefined;
  }
}
