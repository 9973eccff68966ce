import type { ChildProcess } from 'node:child_process';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** These ask for the end. */
const ENDING: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Hands on what this process is told, and says when that was a request to end. For as long as this process lives: how
 * the command ended is still to be told when it is over.
 */
export function forwardSignals(child: ChildProcess, onEnding: () => void): void {
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      // From a keyboard it has gone to every process of the terminal already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      if (ENDING.includes(signal)) onEnding();
    });
  }
}
