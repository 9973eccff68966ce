import { AsyncLocalStorage } from 'node:async_hooks';

/** The attempt's own limit is 10 s; this one ends what nobody waits for any more. */
const DEADLINE_MS = 15_000;
/** FAILED_PRECONDITION: the library gives up at once, whereas most codes of a commit it tries again for minutes. */
const GIVE_UP = 9;

export interface GrpcAttempt {
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Of a failed call, as it came. */
export interface GrpcFailure {
  readonly code: number;
  readonly details: string;
}

/** The part that is used of what grpc-js hands to a `callInvocationTransformer`. */
interface CallProperties {
  readonly metadata: { set(name: string, value: string): void };
  readonly call: { cancel(): void };
  readonly callOptions: object;
  readonly callback: (error: GrpcFailure | null, value?: unknown) => void;
}

class FailedAttempt extends Error {
  readonly code = GIVE_UP;
  readonly failure: GrpcFailure;

  constructor(failure: GrpcFailure) {
    super('one attempt only');
    this.failure = failure;
  }
}

const attempts = new AsyncLocalStorage<GrpcAttempt>();

/** One attempt over gRPC: our token, the signal, and no retry of the library's own. */
export function attemptGrpc<T>(attempt: GrpcAttempt, call: () => Promise<T>): Promise<T> {
  return attempts.run(attempt, call);
}

/** Undefined when the library failed by itself, before or beside a call. */
export function grpcFailureOf(error: unknown): GrpcFailure | undefined {
  return error instanceof FailedAttempt ? error.failure : undefined;
}

/** For `grpcOptions`, as `grpc.callInvocationTransformer`: gax hands it to grpc-js, for which grpc-gcp uses it. */
export function transformCall(properties: CallProperties): CallProperties {
  const attempt = attempts.getStore();
  if (attempt === undefined) return properties;
  const { token, signal } = attempt;
  const cancel = () => {
    properties.call.cancel();
  };
  properties.metadata.set('authorization', `Bearer ${token}`);
  signal.addEventListener('abort', cancel, { once: true });
  return {
    ...properties,
    callOptions: {
      ...properties.callOptions,
      deadline: Date.now() + (signal.aborted ? 0 : DEADLINE_MS),
    },
    callback(error, value) {
      signal.removeEventListener('abort', cancel);
      const failed = error === null ? null : new FailedAttempt(error);
      properties.callback(failed as unknown as GrpcFailure | null, value);
    },
  };
}
