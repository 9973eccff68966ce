// What bad destinations cost a deployment (M4): canaries with one destination hung, one 30 s slow and one answering 500,
// each beside the same canary of a second stack with all good; then the bad ones heal, and everything must arrive.
// [--deployments 50] [--rounds 3]
import { performance } from 'node:perf_hooks';
import { waitFor } from '@fairlead/testing/servers';
import { CANARY_KINDS, deployCanary } from './lib/canary.ts';
import type { Times } from './lib/canary.ts';
import { forEachAtOnce } from './lib/for-each-at-once.ts';
import { benchOptions } from './lib/options.ts';
import { median, printReport, round } from './lib/report.ts';
import type { Report, Row } from './lib/report.ts';
import { VENDORS } from './lib/sink.ts';
import type { Manners, Sink } from './lib/sink.ts';
import { startStack } from './lib/stack.ts';
import type { Stack } from './lib/stack.ts';

/** Pairs. Few, so that a deployment waits for its pods and its pauses, and not for the processor. */
const AT_ONCE = 4;
/** The longest wait between two tries is a minute; a slow one's last answer comes after 30 s. */
const HEAL_MS = 5 * 60_000;
/** Of PagerDuty, which interrupts, the end alone. */
const KINDS = { slack: CANARY_KINDS, teams: CANARY_KINDS, pagerduty: ['deployment-completed'] };
const FAULTS: readonly Manners[] = ['hung', 'slow', 'broken'];
/** Shares of the deployments' times that are shown beside the median. */
const [LOW, HIGH] = [0.1, 0.9];

const { counts, json } = benchOptions({ deployments: 50, rounds: 3 });
const targets = Array.from({ length: counts.deployments }, (_unused, index) => `app-${index}`);
const stacks = await Promise.all([startStack(targets), startStack(targets)]);
let version = 1;

try {
  process.exitCode = printReport(await bench(), json);
} finally {
  await Promise.all(stacks.map((stack) => stack.stop()));
}

interface Side {
  readonly faults: string;
  readonly times: readonly Times[];
  /** Until the last message was there, after the sinks had healed. */
  readonly arrivedAfterMs: number;
  readonly lost: number;
  readonly repeated: number;
}

interface Pair {
  readonly good: Side;
  readonly bad: Side;
}

async function bench(): Promise<Report> {
  // Code that has not run yet costs more: not counted.
  await runPair(stacks, []);
  const pairs: Pair[] = [];
  for (let turn = 0; turn < counts.rounds; turn += 1) {
    // Which stack is the bad one, and which destination has which fault, changes each time.
    const [one, other] = stacks;
    const faults = VENDORS.map(
      (_unused, index) => FAULTS[(index + turn) % FAULTS.length] ?? 'good',
    );
    pairs.push(await runPair(turn % 2 === 0 ? [one, other] : [other, one], faults));
  }
  return report(pairs);
}

async function runPair(
  [good, bad]: readonly [Stack, Stack],
  faults: readonly Manners[],
): Promise<Pair> {
  version += 1;
  for (const [index, sink] of bad.sinks.entries()) sink.manners = faults[index] ?? 'good';
  const times: { readonly good: Times; readonly bad: Times }[] = [];
  await forEachAtOnce(targets, AT_ONCE, async (target) => {
    const [ofGood, ofBad] = await Promise.all([deploy(good, target), deploy(bad, target)]);
    times.push({ good: ofGood, bad: ofBad });
  });
  const names = VENDORS.map((vendor, index) => `${vendor} ${faults[index] ?? 'good'}`).join(', ');
  return {
    good: await heal(good, { faults: 'none', times: times.map((one) => one.good) }),
    bad: await heal(bad, { faults: names, times: times.map((one) => one.bad) }),
  };
}

function deploy({ stage }: Stack, target: string): Promise<Times> {
  return deployCanary(stage, { id: idOf(target), target, version });
}

async function heal({ sinks }: Stack, side: Pick<Side, 'faults' | 'times'>): Promise<Side> {
  const wanted = sinks.flatMap((sink) => keysFor(sink).map((key) => ({ sink, key })));
  const missing = () => wanted.filter(({ sink, key }) => !sink.taken.has(key)).length;
  for (const sink of sinks) sink.manners = 'good';
  const startMs = performance.now();
  // What is still missing then is lost, and the report says so.
  await waitFor(() => missing() === 0, {
    ...{ deadlineMs: HEAL_MS, pollMs: 100, what: 'the messages' },
  }).catch(() => undefined);
  const repeats = wanted.map(({ sink, key }) => (sink.taken.get(key) ?? 1) - 1);
  return {
    ...side,
    arrivedAfterMs: performance.now() - startMs,
    lost: missing(),
    repeated: repeats.reduce((sum, more) => sum + more, 0),
  };
}

function idOf(target: string): string {
  return `${target}-v${version}`;
}

function keysFor({ vendor }: Sink): string[] {
  return targets.flatMap((target) =>
    KINDS[vendor].map((kind) => `${idOf(target)}/${kind}/${vendor}`),
  );
}

function report(pairs: readonly Pair[]): Report {
  const sides = pairs.flatMap(({ good, bad }) => [good, bad]);
  const differences = pairs.flatMap(({ good, bad }) =>
    bad.times.map(({ tookMs }, index) => tookMs - (good.times[index]?.tookMs ?? NaN)),
  );
  const goodMs = median(pairs.flatMap(({ good }) => good.times.map(({ tookMs }) => tookMs)));
  const moreMs = median(differences);
  const ratio = 1 + moreMs / goodMs;
  const keyless = stacks
    .flatMap(({ sinks }) => sinks.flatMap(({ taken }) => [...taken.keys()]))
    .filter((key) => key.startsWith('no key')).length;
  const lost = sides.reduce((sum, side) => sum + side.lost, 0);
  return {
    bench: 'sinks',
    what: `${counts.deployments} pairs of canaries, ${AT_ONCE} at once, ${counts.rounds} rounds`,
    rows: sides.map(rowOf),
    verdicts: [
      {
        target: `deployment time, bad to good: ${round(ratio, 4)} (at most 1.01); the median of the pairs' differences is ${round(moreMs)} ms (at most 50), p10 to p90 ${share(differences, LOW)} to ${share(differences, HIGH)}`,
        met: ratio <= 1.01 && moreMs <= 50,
      },
      { target: `messages lost: ${lost} (0)`, met: lost === 0 },
      { target: `messages without a key of ours: ${keyless} (0)`, met: keyless === 0 },
    ],
  };
}

function rowOf({ faults, times, arrivedAfterMs, lost, repeated }: Side): Row {
  const took = times.map(({ tookMs }) => tookMs);
  return {
    faults,
    'median ms': round(median(took)),
    p10: share(took, LOW),
    p90: share(took, HIGH),
    'closed, median ms': round(median(times.map(({ closedMs }) => closedMs))),
    'all there after s': round(arrivedAfterMs / 1_000, 1),
    lost,
    'repeats by key': repeated,
  };
}

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * part)] ?? NaN;
}
