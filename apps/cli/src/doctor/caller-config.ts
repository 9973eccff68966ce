import { DEFAULTS, inspectFullConfig } from '@fairlead/config';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import { configInputs } from '@fairlead/client/internal/asking/plan';
import { toFairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import type { Io } from '../io.ts';

export interface CallerConfig {
  readonly check: Check;
  /** Clusters that the environments name, and where in them; none where the file cannot be read. */
  readonly places: readonly ClusterPlace[];
}

const NAME = 'configuration here';

interface Asked {
  readonly config?: readonly string[];
  readonly environment?: string;
}

/** The file that `deploy` would read: of one environment, or of all. */
export function callerConfig(options: Asked, io: Io): CallerConfig {
  try {
    const { config } = inspectFullConfig(configInputs(options, io));
    const environments = Object.entries(config.values.environments ?? {});
    const wanted = environments.filter(
      ([name]) => options.environment === undefined || name === options.environment,
    );
    const known = environments.map(([name]) => name);
    return {
      check: checkOf({
        ...config,
        environment: wanted.length === 0 ? options.environment : undefined,
        known,
      }),
      places: placesOf(wanted),
    };
  } catch (error) {
    const mend = 'mend it, or name another by --config';
    return { check: wrong(toFairleadError(error).message, mend), places: [] };
  }
}

interface Read {
  readonly files: readonly string[];
  readonly warnings: readonly object[];
  /** Asked for and not there. */
  readonly environment: string | undefined;
  readonly known: readonly string[];
}

function checkOf({ files, warnings, environment, known }: Read): Check {
  if (files.length === 0) {
    const mend = 'name one by --config, so that its clusters are looked at too';
    return { name: NAME, state: 'skipped', detail: 'there is no file', mend };
  }
  const read = files.join(', ');
  if (environment !== undefined) {
    const has = known.length === 0 ? 'none' : known.join(', ');
    return wrong(
      `${read} has no environment ${environment}; it has ${has}`,
      'name one that it has',
    );
  }
  if (warnings.length > 0) {
    const detail = `${read} is valid, with ${warnings.length} to be warned of`;
    return { name: NAME, state: 'warn', detail, mend: '`fairlead config validate` tells them' };
  }
  return { name: NAME, state: 'ok', detail: `${read} is valid` };
}

function wrong(detail: string, mend: string): Check {
  return { name: NAME, state: 'fail', detail, mend, fault: 'configuration' };
}

type Environment = readonly [
  name: string,
  settings: { readonly cluster?: string | undefined; readonly namespace?: string | undefined },
];

/** As a plan chooses where its environment says nothing. */
function placesOf(environments: readonly Environment[]): readonly ClusterPlace[] {
  const byCluster = Map.groupBy(environments, ([, { cluster }]) => cluster ?? DEFAULTS.cluster);
  return [...byCluster].map(([cluster, some]) => ({
    cluster,
    namespaces: [...new Set(some.map(([name, { namespace }]) => namespace ?? name))],
  }));
}
