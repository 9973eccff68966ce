import { DEFAULTS, inspectFullConfig } from '@fairlead/config';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import { channelSettings } from '@fairlead/settings';
import { configInputs } from '../asking/plan.ts';
import { toCliError } from '../errors.ts';
import type { Io } from '../io.ts';

export interface CallerConfig {
  readonly check: Check;
  /** Clusters that the environments name, and where in them; none where the file cannot be read. */
  readonly places: readonly ClusterPlace[];
  /** Channels that are switched on here. */
  readonly channels: readonly string[];
}

const NAME = 'configuration here';

/** The file that `deploy` would read: of one environment, or of all. */
export function callerConfig(
  options: { readonly config?: readonly string[]; readonly environment?: string },
  io: Io,
): CallerConfig {
  try {
    const { config } = inspectFullConfig(configInputs(options, io));
    const { environments = {} } = config.values;
    const wanted = Object.entries(environments).filter(
      ([name]) => options.environment === undefined || name === options.environment,
    );
    return {
      check: checkOf(config.files),
      places: placesOf(wanted),
      channels: [...new Set(channelSettings(config.values).map(({ channel }) => channel))],
    };
  } catch (error) {
    const { message } = toCliError(error);
    const mend = 'mend it, or name another by --config';
    return {
      check: { name: NAME, state: 'fail', detail: message, mend },
      places: [],
      channels: [],
    };
  }
}

function checkOf(files: readonly string[]): Check {
  if (files.length > 0) return { name: NAME, state: 'ok', detail: `${files.join(', ')} is valid` };
  const mend = 'name one by --config, so that its clusters and channels are looked at too';
  return { name: NAME, state: 'skipped', detail: 'there is no file', mend };
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
