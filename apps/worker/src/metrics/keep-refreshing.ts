import type { MonitoringSystem } from '@fairlead/monitoring';
import type { Log } from '@fairlead/temporal/logging';
import type { TargetStates } from './target-states.ts';

/** Between two looks at Temporal: no scrape comes more often than that for long. */
const LOOK_EVERY_MS = 5_000;
/** Datadog's gauges are sent each minute while anything runs. */
const GAUGES_EVERY_MS = 60_000;
const GAUGES_TIMEOUT_MS = 10_000;

export interface Refreshing {
  stop(): void;
}

interface RefreshRequest {
  readonly states: TargetStates;
  /** Asked each time: the configuration may have been read again. */
  readonly systems: () => readonly MonitoringSystem[];
  readonly log: Log;
  readonly lookEveryMs?: number;
  readonly gaugesEveryMs?: number;
}

/** Keeps the projection of the targets fresh in the background, and sends gauges of what runs. */
export function keepRefreshing(request: RefreshRequest): Refreshing {
  const { states, log, lookEveryMs = LOOK_EVERY_MS, gaugesEveryMs = GAUGES_EVERY_MS } = request;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let away = false;
  let gaugesAtMs = -Infinity;

  async function look(): Promise<void> {
    try {
      await states.refresh();
      away = false;
      const nowMs = performance.now();
      if (nowMs - gaugesAtMs >= gaugesEveryMs) {
        gaugesAtMs = nowMs;
        await sendGauges(request);
      }
    } catch (error) {
      // Once for each time that it goes away.
      if (!away && !stopped) log.warn('targets could not be read', { reason: String(error) });
      away = true;
    }
    if (!stopped) timer = setTimeout(() => void look(), lookEveryMs);
  }

  void look();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function sendGauges({ states, systems, log }: RefreshRequest): Promise<void> {
  const running = states.states.filter((state) => state.running !== undefined);
  if (running.length === 0) return;
  const takers = systems().filter(({ gauges }) => gauges !== undefined);
  await Promise.all(
    takers.map(async ({ name, gauges }) => {
      try {
        await gauges?.send(running, new Date(), AbortSignal.timeout(GAUGES_TIMEOUT_MS));
      } catch (error) {
        log.warn('gauges were not taken', { system: name, reason: String(error) });
      }
    }),
  );
}
