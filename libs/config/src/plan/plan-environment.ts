import { quote } from '../interpret/found.ts';
import type { CallerConfig } from '../load/load-config.ts';
import { nearest } from '../nearest.ts';
import type { ProblemList } from '../problem.ts';
import type { EnvironmentSettings } from '../schema/deployment.ts';
import { flagProblem } from './check-flags.ts';
import type { PlanFlags } from './plan-flags.ts';

/** What the file says of the environment that the caller names; empty where no file names any and `--namespace` is given. */
export function findEnvironment(
  { values }: CallerConfig,
  flags: PlanFlags,
  problems: ProblemList,
): EnvironmentSettings {
  const { environment: name, namespace } = flags;
  const known = values.environments;
  if (known === undefined) {
    if (namespace === undefined) {
      const message = `no file describes the environment ${quote(name)}; add it under environments, or give --namespace`;
      problems.add(flagProblem('--environment', message));
    }
    return {};
  }
  const settings = Object.hasOwn(known, name) ? known[name] : undefined;
  if (settings !== undefined) return settings;
  const names = Object.keys(known);
  const near = nearest(name, names);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const list = names.length === 0 ? 'the file names none' : `known: ${names.join(', ')}`;
  problems.add(flagProblem('--environment', `no environment ${quote(name)}${hint} (${list})`));
  return {};
}
