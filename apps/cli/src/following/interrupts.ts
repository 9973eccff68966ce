import { EXIT } from '@fairlead/client/internal/errors/exit';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A terminal signals the whole process group, and a parent may send the same one on: one press within this time. */
const SAME_PRESS_MS = 100;

/** The first Ctrl-C (or the end of a pipeline's job) aborts `signal`; the second leaves at once. */
export interface Interrupts {
  readonly signal: AbortSignal;
  stop(): void;
}

export function listenForInterrupts(
  leave: () => void = () => process.exit(EXIT.goesOn),
): Interrupts {
  const controller = new AbortController();
  let firstAtMs: number | undefined;
  const onSignal = () => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      controller.abort();
    } else if (nowMs - firstAtMs > SAME_PRESS_MS) {
      leave();
    }
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
