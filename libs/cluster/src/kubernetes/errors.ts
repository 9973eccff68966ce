import { AdapterError } from '@fairlead/contracts';
import type { HttpAnswer } from './client.ts';

/** What was tried, for the message. */
export interface Call {
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name?: string;
}

interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly kind?: string;
    readonly causes?: readonly { readonly message?: string }[];
  };
}

/** Nothing in a message is longer: history stays small. */
const MAX_QUOTE = 600;

/** The one mapping from the API server's answers to Fairlead's failures. */
export function toAdapterError(call: Call, { status, headers, text }: HttpAnswer): AdapterError {
  const said = parseStatus(text);
  const quote = (said.message ?? `HTTP ${status}`).slice(0, MAX_QUOTE);
  const what = `${call.verb} ${call.resource}${call.name === undefined ? '' : ` ${call.name}`} in ${call.namespace}`;
  const retryAfterMs = parseRetryAfter(headers['retry-after']);
  if (status === 429) {
    return new AdapterError('cluster-throttled', `${what}: ${quote}`, { retryAfterMs });
  }
  if (status === 408 || status >= 500) {
    return new AdapterError('cluster-unreachable', `${what}: ${quote}`, { retryAfterMs });
  }
  if (status === 401) {
    return new AdapterError(
      'cluster-forbidden',
      `the API server does not accept the credentials (${what}); renew them`,
    );
  }
  if (status === 403 && isRbac(quote)) return toForbidden(call);
  if (status === 404) return new AdapterError('cluster-not-found', `${what}: ${quote}`);
  if (status === 409 || status === 410 || (status === 422 && isFailedTest(said))) {
    return new AdapterError('cluster-conflict', `${what}: ${quote}`);
  }
  return new AdapterError('cluster-rejected', `${what}: ${quote}`);
}

/** A role lacks the verb. */
export function toForbidden(call: Call): AdapterError {
  const [role, file] = roleOf(call);
  return new AdapterError(
    'cluster-forbidden',
    `may not ${call.verb} ${call.resource} in ${call.namespace} (role ${role} lacks ` +
      `the verb); apply deploy/kubernetes/base/${file}`,
  );
}

/** No answer at all: refused, reset, DNS, TLS, or too late. */
export function toUnreachable(call: Call, error: unknown): AdapterError {
  return new AdapterError(
    'cluster-unreachable',
    `${call.verb} ${call.resource} in ${call.namespace}: ${reasonOf(error)}`,
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** That of the namespaces that are deployed to, or that of the worker's own. */
function roleOf({ resource }: Call): readonly [role: string, file: string] {
  return resource === 'leases'
    ? ['fairlead-lease', 'lease-role.yaml']
    : ['fairlead-cluster', 'cluster-role.yaml'];
}

/** RBAC's own sentence; a 403 without it is an admission plugin's or a quota's. */
function isRbac(message: string): boolean {
  return /User ".*" cannot \w+ /.test(message);
}

/**
 * A JSON patch that does not fit the object any more is answered 422. Its words stay in the API server's log: what is
 * told is an `Invalid` that names neither an object nor a field (apiserver, `applyJSPatch`); older ones quote the test.
 */
function isFailedTest({ message = '', reason, details = {} }: Status): boolean {
  const namesNothing = details.kind === undefined && details.causes === undefined;
  if (reason === 'Invalid' && namesNothing) return true;
  const said = [message, ...(details.causes ?? []).map((cause) => cause.message ?? '')];
  return said.some((text) => /test failed|testing (value|path)/i.test(text));
}

function parseStatus(text: string): Status {
  try {
    return JSON.parse(text) as Status;
  } catch {
    return { message: text };
  }
}

/** Seconds, or a date. */
function parseRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
