import { waitFor } from '@fairlead/testing/servers';
import {
  startExposition,
  startPrometheus,
  toHistory,
  withLabels,
} from '@fairlead/testing/servers/prometheus';
import type { PrometheusServer } from '@fairlead/testing/servers/prometheus';
import { seriesOf } from '../../prometheus/exposition.ts';
import { statesAt } from './situation.ts';

const MINUTE_MS = 60_000;
export const FIRST_MINUTE = -180;
const DEADLINE_MS = 60_000;

/** A Prometheus that has scraped the situation for three hours, and scrapes it now from two sources. */
export interface SituatedPrometheus extends PrometheusServer {
  /** When both sources have been scraped. */
  readonly now: Date;
}

interface Options {
  /** The moment from which the situation is told. */
  readonly zeroMs: number;
  /** Of the last scrape before now. Workers that were scraped by then are gone. */
  readonly lastMinute: number;
  /** As a rules file. Default: none. */
  readonly rules?: string;
}

export async function startSituatedPrometheus({
  zeroMs,
  lastMinute,
  rules,
}: Options): Promise<SituatedPrometheus> {
  const gateway = withLabels(await textAt(-2.5, zeroMs), { job: 'fairlead' });
  const sources = [
    await startExposition(await textAt(0, zeroMs)),
    // It lags: what ended since, and how the canary is, it does not know yet.
    await startExposition(gateway),
  ] as const;
  const [worker, pushed] = sources;
  const prometheus = await startPrometheus({
    history: await history(zeroMs, lastMinute),
    scrape: [
      { job: 'workers', targets: [worker.address] },
      { job: 'gateway', targets: [pushed.address], honorLabels: true },
    ],
    ...(rules === undefined ? {} : { rules }),
    scrapeIntervalMs: 200,
    evaluationIntervalMs: 1_000,
  });
  await waitFor(async () => (await prometheus.query('sum(up) == 2')).length, {
    deadlineMs: DEADLINE_MS,
    what: 'both sources to be scraped',
  });
  return {
    ...prometheus,
    now: new Date(),
    async stop() {
      await prometheus.stop();
      await Promise.all(sources.map((source) => source.stop()));
    },
  };
}

function textAt(minute: number, zeroMs: number): Promise<string> {
  return seriesOf(statesAt(minute, zeroMs));
}

/** By workers that are gone by now: another instance each hour, and two at once. */
async function history(zeroMs: number, lastMinute: number): Promise<string> {
  const minutes = Array.from({ length: lastMinute - FIRST_MINUTE + 1 }, (_, i) => FIRST_MINUTE + i);
  const scrapes = minutes.map(async (each) => {
    const text = await textAt(each, zeroMs);
    const instances = [`worker-${Math.floor(each / 60)}`, 'worker-b'];
    return instances.map((instance) => ({
      at: new Date(zeroMs + each * MINUTE_MS),
      text: withLabels(text, { job: 'workers', instance }),
    }));
  });
  return toHistory((await Promise.all(scrapes)).flat());
}
