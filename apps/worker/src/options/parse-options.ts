import { parseArgs } from 'node:util';
import { parseDuration } from '@fairlead/config';
import { LOG_LEVELS } from '@fairlead/temporal/logging';
import { ROLES } from './worker-options.ts';
import type { WorkerOptions } from './worker-options.ts';
import { UsageError } from './usage-error.ts';

export type Invocation =
  | { readonly kind: 'run'; readonly options: WorkerOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

const FLAGS = {
  role: { type: 'string' },
  cluster: { type: 'string' },
  config: { type: 'string', multiple: true },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  sandbox: { type: 'string' },
  'connect-timeout': { type: 'string' },
  'health-port': { type: 'string' },
  'health-host': { type: 'string' },
  'metrics-address': { type: 'string' },
  'delivery-rate': { type: 'string', multiple: true },
  'ui-url': { type: 'string' },
  'workflow-bundle': { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

/** Kubernetes label values, since the name stands in queues and labels alike. */
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Options from flags, then environment, then defaults. Throws `UsageError`. */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): Invocation {
  const values = parseFlags(args);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };

  /** A variable that is empty counts as unset, as in a shell's `${NAME:-default}`. */
  function text(flag: string | undefined, variable: string): string | undefined {
    return flag ?? (env[variable]?.trim() === '' ? undefined : env[variable]?.trim());
  }

  const health = text(values['health-port'], 'FAIRLEAD_HEALTH_PORT');
  const host = text(values['health-host'], 'FAIRLEAD_HEALTH_HOST') ?? '127.0.0.1';
  const rates = values['delivery-rate'] ?? text(undefined, 'FAIRLEAD_DELIVERY_RATE')?.split(',');
  const options = {
    role: oneOf('--role', text(values.role, 'FAIRLEAD_ROLE') ?? 'both', ROLES),
    cluster: clusterName(text(values.cluster, 'FAIRLEAD_CLUSTER') ?? 'default'),
    // FAIRLEAD_CONFIG is read by the configuration's own loader.
    configFiles: values.config ?? [],
    connectTimeoutMs: duration(
      '--connect-timeout',
      text(values['connect-timeout'], 'FAIRLEAD_CONNECT_TIMEOUT') ?? '60s',
    ),
    logLevel: oneOf(
      '--log-level',
      (text(values['log-level'], 'FAIRLEAD_LOG_LEVEL') ?? 'info').toLowerCase(),
      LOG_LEVELS,
    ),
    rates: Object.fromEntries((rates ?? []).map(rate)),
    ...(health === undefined ? {} : { health: { host, port: port('--health-port', health) } }),
    ...optional('sandbox', text(values.sandbox, 'FAIRLEAD_SANDBOX')),
    ...optional('kubeconfig', text(values.kubeconfig, 'FAIRLEAD_KUBECONFIG')),
    ...optional('context', text(values.context, 'FAIRLEAD_KUBE_CONTEXT')),
    ...optional(
      'metricsAddress',
      address(text(values['metrics-address'], 'FAIRLEAD_METRICS_ADDRESS')),
    ),
    ...optional('uiUrl', httpUrl(text(values['ui-url'], 'FAIRLEAD_UI_URL'))),
    ...optional('workflowBundle', text(values['workflow-bundle'], 'FAIRLEAD_WORKFLOW_BUNDLE')),
  };
  return { kind: 'run', options: withoutContradiction(options) };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    // Node's message names the flag; its second sentence is about positional arguments.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split('. ')[0] ?? message);
  }
}

function withoutContradiction(options: WorkerOptions): WorkerOptions {
  if (options.sandbox !== undefined && options.kubeconfig !== undefined) {
    throw new UsageError('--sandbox has a cluster of its own: give it or --kubeconfig, not both');
  }
  return options;
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw wrong(flag, value, `one of ${allowed.join(', ')}`);
  return found;
}

function clusterName(value: string): string {
  if (!NAME.test(value)) {
    throw wrong('--cluster', value, 'a name of at most 63 characters a-z, 0-9 and -');
  }
  return value;
}

function duration(flag: string, value: string): number {
  const durationMs = parseDuration(value);
  if (durationMs === undefined) throw wrong(flag, value, 'a number with its unit, such as 60s');
  return durationMs;
}

function port(flag: string, value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw wrong(flag, value, 'a port, 0 to 65535');
  }
  return Number(value);
}

function address(value: string | undefined): string | undefined {
  if (value === undefined || /^\S+:\d{1,5}$/.test(value)) return value;
  throw wrong('--metrics-address', value, 'HOST:PORT');
}

function httpUrl(value: string | undefined): string | undefined {
  if (value === undefined || /^https?:\/\/\S+$/.test(value)) return value?.replace(/\/+$/, '');
  throw wrong('--ui-url', value, 'an http or https URL');
}

function rate(value: string): [string, number] {
  const [, name, number] =
    /^([a-z0-9-]+(?::[a-z0-9-]+)?)=(\d+(?:\.\d+)?)$/.exec(value.trim()) ?? [];
  if (name === undefined) throw wrong('--delivery-rate', value, 'NAME=DELIVERIES_A_SECOND');
  return [name, Number(number)];
}

function wrong(flag: string, value: string, expected: string): UsageError {
  return new UsageError(`${flag} ${JSON.stringify(value)}: expected ${expected}`);
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}
