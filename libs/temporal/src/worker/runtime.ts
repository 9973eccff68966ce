import { Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { LogLevel as TemporalLevel } from '@temporalio/common';
import type { Log } from '../logging/log.ts';
import { toTemporalLogger } from '../logging/temporal-logger.ts';

export interface RuntimeSettings {
  readonly log: Log;
  /** `host:port` on which the SDK serves its metrics at `/metrics`; absent: none. */
  readonly metricsAddress?: string;
}

/**
 * Sets up the SDK's native runtime: once a process, before the first connection. Signals stay with the caller.
 * Throws when the metrics' address is taken.
 */
export function installRuntime({ log, metricsAddress }: RuntimeSettings): Runtime {
  return Runtime.install({
    logger: toTemporalLogger(log),
    shutdownSignals: [],
    telemetryOptions: {
      logging: {
        filter: makeTelemetryFilterString({ core: coreLevel(log), other: 'ERROR' }),
        forward: {},
      },
      ...(metricsAddress === undefined
        ? {}
        : {
            metrics: {
              // Prometheus' own naming from the first day: renaming later breaks dashboards.
              prometheus: {
                bindAddress: metricsAddress,
                countersTotalSuffix: true,
                unitSuffix: true,
                useSecondsForDurations: true,
              },
            },
          }),
    },
  });
}

/** The native core tells of every poll at INFO and below; that is wanted only by who asks for `debug`. */
function coreLevel({ level }: Log): TemporalLevel {
  if (level === 'trace' || level === 'debug') return 'DEBUG';
  return level === 'error' ? 'ERROR' : 'WARN';
}
