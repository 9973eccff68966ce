import { AdapterError } from '@fairlead/contracts';

export interface AttemptLimits {
  readonly timeoutMs: number;
  /** The activity's own: the worker is going, or the caller no longer wants it. */
  readonly cancelled: AbortSignal;
}

/** A destination that listens to its signal says what it knows by then: whether it may have left. */
const GRACE_MS = 500;

/** One call of the destination `name`, bounded even when it does not listen to its signal. */
export async function attempt<Answer>(
  name: string,
  call: (signal: AbortSignal) => Promise<Answer>,
  { timeoutMs, cancelled }: AttemptLimits,
): Promise<Answer> {
  const ended = new AbortController();
  const giveUp = AbortSignal.any([cancelled, ended.signal]);
  const timer = setTimeout(() => {
    ended.abort(
      new AdapterError('vendor-unreachable', `${name}: no answer within ${timeoutMs / 1_000} s`),
    );
  }, timeoutMs);
  try {
    giveUp.throwIfAborted();
    return await Promise.race([call(giveUp), rejection(giveUp)]);
  } finally {
    clearTimeout(timer);
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const afterGrace = () => {
      setTimeout(() => {
        reject(signal.reason as Error);
      }, GRACE_MS).unref();
    };
    signal.addEventListener('abort', afterGrace, { once: true });
  });
}
