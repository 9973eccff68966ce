/** What can go wrong with a call, as far as a person can do something about it. */
export type ErrorFacts =
  | {
      readonly kind: 'rejected';
      /** One of the contract's `REJECTIONS`, or a word of a newer worker's. */
      readonly type: string;
      readonly message: string;
      readonly detail: unknown;
    }
  | { readonly kind: 'not-found'; readonly message: string }
  | { readonly kind: 'timeout' | 'away' | 'no-worker' | 'cancelled' }
  | { readonly kind: 'credentials' | 'namespace' | 'search-attributes'; readonly message: string }
  | { readonly kind: 'other'; readonly message: string };

/** Of gRPC's status codes. */
const GRPC = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  aborted: 10,
  unavailable: 14,
  unauthenticated: 16,
} as const;

interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** By name and code, never by class: the client library is not loaded for this. */
export function errorFacts(error: unknown): ErrorFacts {
  const chain = causes(error);
  const rejected = rejection(chain);
  if (rejected !== undefined) return rejected;
  const grpc = chain.find((link) => typeof link.code === 'number');
  const byCode = grpc === undefined ? undefined : grpcFacts(grpc);
  if (byCode !== undefined) return byCode;
  const names = chain.map((link) => link.name);
  if (names.includes('NamespaceNotFoundError')) return { kind: 'namespace', message: first(chain) };
  if (names.includes('WorkflowNotFoundError')) return { kind: 'not-found', message: first(chain) };
  if (names.includes('WorkflowUpdateRPCTimeoutOrCancelledError')) return { kind: 'timeout' };
  return { kind: 'other', message: first(chain) };
}

/** Errors of the client library behind which a workflow's own word may stand. */
const REFUSING: readonly string[] = ['WorkflowUpdateFailedError', 'WorkflowFailedError'];
/** Our words are kebab-case; an error of the language that a handler let out carries its class's name instead. */
const OUR_WORD = /^[a-z]+(-[a-z]+)*$/;

function rejection(chain: readonly ErrorLike[]): ErrorFacts | undefined {
  if (!chain.some(({ name }) => REFUSING.includes(name))) return undefined;
  for (const { type, message, details } of chain) {
    if (typeof type !== 'string' || !OUR_WORD.test(type)) continue;
    const detail: unknown = Array.isArray(details) ? details[0] : undefined;
    return { kind: 'rejected', type, message, detail };
  }
  return undefined;
}

function grpcFacts(error: ErrorLike): ErrorFacts | undefined {
  // Of an update-with-start, the message has what the details only sum up.
  const message = error.message.replace(/^\d+ [A-Z_]+: /, '');
  switch (error.code) {
    case GRPC.cancelled:
      return { kind: 'cancelled' };
    // The server let go of an update whose worker was too slow, more often than the client library asks again.
    case GRPC.aborted:
    case GRPC.deadlineExceeded:
      return { kind: 'timeout' };
    case GRPC.unavailable:
      return { kind: 'away' };
    case GRPC.notFound:
      return { kind: /namespace/i.test(message) ? 'namespace' : 'not-found', message };
    case GRPC.permissionDenied:
    case GRPC.unauthenticated:
      return { kind: 'credentials', message };
    case GRPC.failedPrecondition:
      return /no poller/i.test(message) ? { kind: 'no-worker' } : undefined;
    case GRPC.invalidArgument:
      return /search attribute/i.test(message) ? { kind: 'search-attributes', message } : undefined;
    default:
      return undefined;
  }
}

/** Longest chain of causes that is looked through: a circle must not hold us. */
const MAX_CAUSES = 8;

function causes(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  let link = error;
  while (link instanceof Error && chain.length < MAX_CAUSES) {
    chain.push(link);
    link = link.cause;
  }
  return chain;
}

function first(chain: readonly ErrorLike[]): string {
  return chain[0]?.message ?? 'unknown error';
}
