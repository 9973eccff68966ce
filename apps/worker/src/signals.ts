import type { Log } from '@fairlead/temporal/logging';

interface SignalTargets {
  readonly log: Log;
  readonly end: () => void;
  readonly reload: () => void;
}

/** SIGTERM and SIGINT end the worker in good order; a second one ends it at once. SIGHUP reads the configuration. */
export function listenForSignals({ log, end, reload }: SignalTargets): { stop(): void } {
  let ending = false;

  function onEnd(signal: NodeJS.Signals): void {
    if (ending) {
      log.warn('ended at once by a second signal', { signal });
      process.exit(1);
    }
    ending = true;
    log.info('ending in good order', { signal });
    end();
  }

  process.on('SIGTERM', onEnd);
  process.on('SIGINT', onEnd);
  process.on('SIGHUP', reload);
  return {
    stop() {
      process.off('SIGTERM', onEnd);
      process.off('SIGINT', onEnd);
      process.off('SIGHUP', reload);
    },
  };
}
