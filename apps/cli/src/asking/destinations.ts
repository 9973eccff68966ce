import { inspectFullConfig } from '@fairlead/config';
import type { ConfigError } from '@fairlead/config';
import { createDestinations } from '@fairlead/notifications';
import type { ChannelSettings, Destination, RoleRule, SeverityIn } from '@fairlead/notifications';
import {
  absenceOf,
  channelSettings,
  roleRules,
  severityIn,
  withStandIns,
} from '@fairlead/settings';
import type { Io } from '../io.ts';
import { warnOf, warnOfNoFile } from '../warn.ts';
import { configInputs } from '@fairlead/client/internal/asking/plan';

/** Who can be told, by the configuration here: as a worker with the same file has it. */
export interface Routing {
  readonly destinations: readonly Destination[];
  readonly roles: readonly RoleRule[];
  readonly severityIn: SeverityIn;
  /** Why a channel has no destination. */
  readonly absence: (channel: string) => string;
  /** Names of the environments, where the file has any. */
  readonly environments: readonly string[] | undefined;
  /** Channels whose destinations a worker calls otherwise: what names them is missing here. */
  readonly misnamed: readonly string[];
  readonly missing: ConfigError | undefined;
}

interface RoutingOptions {
  readonly config?: readonly string[];
}

/** Works without the secrets' variables and files. Throws `ConfigError` for all else that is wrong. */
export function loadRouting(options: RoutingOptions, io: Io): Routing {
  const inspected = inspectFullConfig(configInputs(options, io));
  const { files, off, warnings } = inspected.config;
  const { values, misnamed } = withStandIns(inspected);
  warnOfNoFile(files, io);
  warnOf(warnings, io);
  return {
    // Every worker has its log.
    destinations: [...channelSettings(values), { channel: 'log' } as const].flatMap(toDestinations),
    roles: roleRules(values),
    severityIn: severityIn(values),
    absence: (channel) => absenceOf({ values, off }, channel),
    environments: values.environments && Object.keys(values.environments),
    misnamed,
    missing: inspected.missing,
  };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Only to be asked what they are: nothing is sent from here. */
export function toDestinations(settings: ChannelSettings): readonly Destination[] {
  return createDestinations(settings, { log: silent });
}

/** Roles name environments freely; one that the file does not know is mostly a slip. */
export function warnOfEnvironment(
  environment: string,
  { environments }: Pick<Routing, 'environments'>,
  io: Io,
): void {
  if (environments?.includes(environment) !== false) return;
  const known = environments.join(', ');
  io.err(
    `${io.errStyle.yellow('warning')} the configuration has no environment ${environment}; it has ${known}\n`,
  );
}
