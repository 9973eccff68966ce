// What it costs, and what is lost, when Datadog and the Pushgateway are away: canaries all that time, first with every
// connection refused and then with none answered, each beside the same canary of a second stack with both there. Then
// they come back, and everything must arrive. [--seconds 600] [--deployments 20]
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@fairlead/testing/servers';
import { CANARY_KINDS, deployCanary } from './lib/canary.ts';
import type { Times } from './lib/canary.ts';
import { startMonitoredStack } from './lib/monitored-stack.ts';
import type { MonitoredStack } from './lib/monitored-stack.ts';
import { benchOptions } from './lib/options.ts';
import { median, printReport, round } from './lib/report.ts';
import type { Report, Row } from './lib/report.ts';

/** The longest wait between two tries is some minutes. */
const HEAL_MS = 5 * 60_000;

const { counts, json } = benchOptions({ seconds: 600, deployments: 20 });
const targets = Array.from({ length: counts.deployments }, (_unused, index) => `app-${index}`);
const WARM = 'warm-up';
const [good, bad] = await Promise.all([
  startMonitoredStack([...targets, WARM]),
  startMonitoredStack([...targets, WARM]),
]);

try {
  process.exitCode = printReport(await bench(), json);
} finally {
  await Promise.all([good.stop(), bad.stop()]);
}

async function bench(): Promise<Report> {
  // Code that has not run yet costs more: not counted.
  await Promise.all([good, bad].map((stack) => deploy(stack, WARM)));
  const pairs = await whileAway();
  const startMs = performance.now();
  for (const network of bad.networks) network.mend();
  await waitFor(async () => (await missingAt(bad)).length === 0, {
    ...{ deadlineMs: HEAL_MS, pollMs: 500, what: 'everything to arrive' },
    // What is still missing then is lost, and the report says so.
  }).catch(() => undefined);
  return report(pairs, { arrivedAfterMs: performance.now() - startMs });
}

interface Pair {
  readonly good: Times;
  readonly bad: Times;
}

/** Deployments are spread over all the time. */
async function whileAway(): Promise<readonly Pair[]> {
  const startMs = performance.now();
  const pairs: Promise<Pair>[] = [];
  for (const network of bad.networks) network.cut();
  for (const [index, target] of targets.entries()) {
    if (index === Math.floor(targets.length / 2)) {
      for (const network of bad.networks) network.freeze();
    }
    pairs.push(pairOf(target));
    const nextMs = startMs + ((index + 1) / targets.length) * counts.seconds * 1_000;
    await delay(Math.max(0, nextMs - performance.now()));
  }
  return Promise.all(pairs);
}

async function pairOf(target: string): Promise<Pair> {
  const [ofGood, ofBad] = await Promise.all([deploy(good, target), deploy(bad, target)]);
  return { good: ofGood, bad: ofBad };
}

function deploy({ stage }: MonitoredStack, target: string): Promise<Times> {
  return deployCanary(stage, { id: idOf(target), target, version: 2 });
}

function idOf(target: string): string {
  return `${target}-v2`;
}

/** Events, counts and states that are not there, by name. */
async function missingAt({ datadog, pushgateway }: MonitoredStack): Promise<readonly string[]> {
  const text = await (await fetch(`${pushgateway.url}/metrics`)).text();
  const counted = new Set(datadog.points('fairlead.deployments').flatMap(({ tags }) => tags));
  return targets.flatMap((target) => {
    const pushed = new RegExp(
      `^fairlead_deployments_total\\{[^}]*application="${target}"[^}]*outcome="succeeded"[^}]*\\} 1$`,
      'm',
    );
    const events = CANARY_KINDS.length - titlesOf(datadog, target).size;
    return [
      ...(events === 0 ? [] : [`${events} events of ${target}`]),
      ...(counted.has(`application:${target}`) ? [] : [`count of ${target}`]),
      ...(pushed.test(text) ? [] : [`state of ${target}`]),
    ];
  });
}

function titlesOf(datadog: MonitoredStack['datadog'], target: string): ReadonlySet<unknown> {
  return new Set(eventsOf(datadog, target).map(({ title }) => title));
}

function eventsOf({ events }: MonitoredStack['datadog'], target: string) {
  return events.filter(({ aggregation_key: key }) => key === idOf(target));
}

async function report(
  pairs: readonly Pair[],
  { arrivedAfterMs }: { readonly arrivedAfterMs: number },
): Promise<Report> {
  const goodMs = median(pairs.map((pair) => pair.good.tookMs));
  const moreMs = median(pairs.map((pair) => pair.bad.tookMs - pair.good.tookMs));
  const ratio = 1 + moreMs / goodMs;
  const lost = [...(await missingAt(good)), ...(await missingAt(bad))];
  return {
    bench: 'away',
    what: `${targets.length} pairs of canaries in ${counts.seconds} s, Datadog and Pushgateway of one side away`,
    rows: [
      row(
        'there',
        good,
        pairs.map((pair) => pair.good),
      ),
      row(
        'away',
        bad,
        pairs.map((pair) => pair.bad),
      ),
    ],
    verdicts: [
      {
        target: `deployment time, away to there: ${round(ratio, 4)} (at most 1.01); the median of the pairs' differences is ${round(moreMs)} ms (at most 50)`,
        met: ratio <= 1.01 && moreMs <= 50,
      },
      {
        target: `events, counts and states lost: ${lost.length === 0 ? 0 : lost.join(', ')} (0); the last was there ${round(arrivedAfterMs / 1_000)} s after both came back`,
        met: lost.length === 0,
      },
    ],
  };
}

function row(systems: string, { datadog }: MonitoredStack, times: readonly Times[]): Row {
  const told = targets.map((target) => eventsOf(datadog, target).length);
  return {
    'datadog and pushgateway': systems,
    'median ms': round(median(times.map(({ tookMs }) => tookMs))),
    'closed, median ms': round(median(times.map(({ closedMs }) => closedMs))),
    events: told.reduce((sum, count) => sum + count, 0),
  };
}
