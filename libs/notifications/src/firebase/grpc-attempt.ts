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
  readonly callOptions: { readonly interceptors?: readonly Interceptor[] };
  /** Absent where the answer is a stream. */
  readonly callback?: (error: GrpcFailure | null, value?: unknown) => void;
}

type Interceptor = (options: object, next: (options: object) => StreamCall) => StreamCall;

interface StreamCall {
  start(metadata: unknown, listener: StreamListener): void;
}

interface StreamListener {
  onReceiveStatus(status: GrpcFailure): void;
}

class FailedAttempt extends Error {
  readonly code = GIVE_UP;
  readonly failure: GrpcFailure;

  constructor(failure: GrpcFailure) {
    super('one attempt only');
    this.failure = failure;
  }
}

interface Running extends GrpcAttempt {
  failed: FailedAttempt | undefined;
}

const attempts = new AsyncLocalStorage<Running>();

/** One attempt over gRPC: our token, the signal, and no retry of the library's own. */
export async function attemptGrpc<T>(attempt: GrpcAttempt, call: () => Promise<T>): Promise<T> {
  const running: Running = { ...attempt, failed: undefined };
  try {
    return await attempts.run(running, call);
  } catch (error) {
    throw running.failed ?? error;
  }
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
  const { callback, callOptions } = properties;
  const cancel = () => {
    properties.call.cancel();
  };
  properties.metadata.set('authorization', `Bearer ${token}`);
  signal.addEventListener('abort', cancel, { once: true });

  const end = (failure: GrpcFailure | null) => {
    signal.removeEventListener('abort', cancel);
    if (failure !== null) attempt.failed = new FailedAttempt(failure);
  };

  const { interceptors = [] } = callOptions;
  const limited = {
    ...callOptions,
    deadline: Date.now() + (signal.aborted ? 0 : DEADLINE_MS),
  };
  if (callback === undefined) {
    const judged = { ...limited, interceptors: [...interceptors, statusTo(end)] };
    return { ...properties, callOptions: judged };
  }
  return {
    ...properties,
    callOptions: limited,
    callback(error, value) {
      end(error);
      callback(error && (attempt.failed as unknown as GrpcFailure), value);
    },
  };
}

/** Of an answer that is a stream the status says how it ended; the library is told one that it gives up at. */
function statusTo(end: (failure: GrpcFailure | null) => void): Interceptor {
  return (options, next) => {
    const call = next(options);
    const start = call.start.bind(call);
    call.start = (metadata, listener) => {
      const onReceiveStatus = (status: GrpcFailure) => {
        const isGood = status.code === 0;
        end(isGood ? null : status);
        listener.onReceiveStatus(isGood ? status : { ...status, code: GIVE_UP });
      };
      start(metadata, { ...listener, onReceiveStatus });
    };
    return call;
  };
}
