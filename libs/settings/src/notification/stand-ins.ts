import type { inspectFullConfig } from '@fairlead/config';
import type { ConfigValues } from '../config-values.ts';

type Inspected = ReturnType<typeof inspectFullConfig>;
type Problem = NonNullable<Inspected['missing']>['problems'][number];

/** Values of `notification.<channel>` that are needed to send, but do not decide who is told. */
const SECRETS = ['webhook_url', 'account_sid', 'auth_token', 'from_number', 'api_key'] as const;
const TEXTS = ['service_id', 'from_email', 'project_id', 'credentials_file', 'api_url'] as const;
const LOOKS = ['channel', 'username', 'notification_topics', 'email_to'] as const;
const UNDECIDING: readonly string[] = [...SECRETS, 'to_numbers', 'routing_key', ...TEXTS, ...LOOKS];
/** Blocks that decide nothing about a route. */
const ELSEWHERE =
  /^(?:application|components|canary|monitoring_systems|remediation|notification\.templates)\b/;
const FIELD =
  /^notification\.(\w+)\.(?:destinations\[\d+\]\.)?(\w+?)(?:(?<!credentials)_file)?(\[\d+\])?$/;

/** A configuration that can be routed by, though not sent by. */
export interface Routable {
  readonly values: ConfigValues;
  /** Channels whose destinations have other names in a worker that has the variables and files. */
  readonly misnamed: readonly string[];
}

/**
 * What is there, with something in place of each secret whose variable or file is missing on this machine.
 * @throws ConfigError where a variable is missing that decides who is told
 */
export function withStandIns({ config, missing }: Inspected): Routable {
  const problems = (missing?.problems ?? []).filter(({ path }) => !ELSEWHERE.test(path));
  if (missing !== undefined && !problems.every(isUndeciding)) throw missing;
  const misnamed = problems.some(({ path }) => path.startsWith('notification.sms.to_numbers'));
  return {
    values: problems.reduce<ConfigValues>(withStandIn, config.values),
    misnamed: misnamed ? ['sms'] : [],
  };
}

function isUndeciding({ path }: Problem): boolean {
  return UNDECIDING.includes(FIELD.exec(path)?.[2] ?? '');
}

function withStandIn(values: ConfigValues, { path }: Problem): ConfigValues {
  const [, , field = '', place] = FIELD.exec(path) ?? [];
  const standIn = isSecret(field) ? { reveal: () => `not-set${place ?? ''}` } : 'not-set';
  const isList = field === 'to_numbers' && place === undefined;
  const steps = path.replace(/(?<!credentials)_file$/, '').match(/\w+/g) ?? [];
  return setAt(values, steps, isList ? [standIn] : standIn) as ConfigValues;
}

function isSecret(field: string): boolean {
  return [...SECRETS, 'to_numbers', 'routing_key'].includes(field);
}

function setAt(into: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(into)) {
    return into.map((item: unknown, n) => (String(n) === step ? setAt(item, rest, value) : item));
  }
  const block = (into ?? {}) as Readonly<Record<string, unknown>>;
  return { ...block, [step]: setAt(block[step], rest, value) };
}
