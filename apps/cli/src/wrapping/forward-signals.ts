import type { ChildProcess } from 'node:child_process';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** These ask for the end. */
const ENDING: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** Hands on what this process is told, and says when that was a request to end. */
export function forwardSignals(child: ChildProcess, onEnding: () => void): { stop(): void } {
  const listeners = FORWARDED.map((signal) => {
    const forward = () => {
      // From a keyboard it has gone to every process of the terminal already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      if (ENDING.includes(signal)) onEnding();
    };
    process.on(signal, forward);
    return { signal, forward };
  });
  return {
    stop: () => {
      for (const { signal, forward } of listeners) process.off(signal, forward);
    },
  };
}
