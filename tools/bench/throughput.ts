// How fast messages go out (M8): events to three channels on loopback, pacing lifted, each delivery an activity of its
// own, five events a workflow as of one canary. [--events 10000] [--rounds 3]
import { performance } from 'node:perf_hooks';
import { CONTROL_QUEUE, NOTIFIED_KINDS, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { MessageFacts, OpenDelivery, RedeliveryInput } from '@fairlead/contracts';
import { forEachAtOnce } from './lib/for-each-at-once.ts';
import { benchOptions } from './lib/options.ts';
import { median, printReport, round } from './lib/report.ts';
import { VENDORS } from './lib/sink.ts';
import { startStack } from './lib/stack.ts';
import type { Stack } from './lib/stack.ts';

/** Of each canary that succeeds. */
const EVENTS_EACH = 5;
/** Workflows at work at once: enough to keep the worker busy. */
const AT_ONCE = 100;
/** Of M8, a second. */
const TARGET = 200;
/** PagerDuty is told of failures alone: all kinds here are one that it takes. */
const KIND = 'deployment-failed';
const FACTS: Omit<MessageFacts, 'deploymentId'> = {
  environment: 'staging',
  application: 'shop',
  namespace: 'shop-staging',
  cluster: 'default',
  type: 'canary',
  kind: 'deploy',
  phase: 'deploying',
  step: 0,
  weight: 10,
  components: [{ name: 'api', image: 'registry.example.com/shop/api:2.4.1', phase: 'canary' }],
  actor: 'ann',
  startedAt: '2026-01-02T03:04:05.000Z',
  warnings: [],
  drift: [],
};

const { counts, json } = benchOptions({ events: 10_000, rounds: 3 });
const stack = await startStack([]);

try {
  // Code that has not run yet costs more: not counted.
  await runRound(stack, { name: 'warm-up', events: Math.min(counts.events, 500) });
  const rounds = [];
  for (let index = 0; index < counts.rounds; index += 1) {
    rounds.push(await runRound(stack, { name: `round-${index + 1}`, events: counts.events }));
  }
  const perSecond = median(rounds.map((one) => one['deliveries/s']));
  const lost = rounds.reduce((sum, one) => sum + one.lost, 0);
  process.exitCode = printReport(
    {
      bench: 'throughput',
      what: `${counts.events} events to ${VENDORS.length} channels, ${counts.rounds} rounds`,
      rows: rounds,
      verdicts: [
        {
          target: `deliveries/s, median: ${perSecond} (at least ${TARGET})`,
          met: perSecond >= TARGET,
        },
        { target: `lost: ${lost} (0)`, met: lost === 0 },
      ],
    },
    json,
  );
} finally {
  await stack.stop();
}

async function runRound(
  { stage, sinks, workerCpuSeconds }: Stack,
  { name, events }: { readonly name: string; readonly events: number },
) {
  const ids = Array.from(
    { length: Math.ceil(events / EVENTS_EACH) },
    (_unused, index) => `${name}-${index}`,
  );
  const [startMs, startCpu] = [performance.now(), workerCpuSeconds()];
  await forEachAtOnce(ids, AT_ONCE, async (deploymentId) => {
    const input: RedeliveryInput = { deploymentId, open: openOf(deploymentId) };
    await stage.client.workflow.execute(WORKFLOW_TYPES.redelivery, {
      workflowId: `redelivery/${deploymentId}`,
      taskQueue: CONTROL_QUEUE,
      args: [input],
    });
  });
  const seconds = (performance.now() - startMs) / 1_000;
  const cpuSeconds = workerCpuSeconds() - startCpu;
  const wanted = ids.flatMap(openOf).map(({ delivery }) => delivery);
  const timesTaken = wanted.map(
    ({ key, destination }) =>
      sinks.find(({ vendor }) => vendor === destination)?.taken.get(key) ?? 0,
  );
  return {
    round: name,
    deliveries: wanted.length,
    seconds: round(seconds, 1),
    'deliveries/s': round(wanted.length / seconds),
    'worker CPU ms each': round((cpuSeconds / wanted.length) * 1_000, 1),
    lost: timesTaken.filter((times) => times === 0).length,
    'repeats by key': timesTaken.filter((times) => times > 1).length,
  };
}

function openOf(deploymentId: string): OpenDelivery[] {
  return NOTIFIED_KINDS.slice(0, EVENTS_EACH).flatMap((name) =>
    VENDORS.map((destination) => ({
      road: destination === 'pagerduty' ? ('keyed' as const) : ('paced' as const),
      delivery: {
        key: `${deploymentId}/${name}/${destination}`,
        destination,
        event: {
          id: `${deploymentId}/${name}`,
          type: 'failure',
          kind: KIND,
          at: FACTS.startedAt,
          message: 'api-canary: CrashLoopBackOff: back-off restarting failed container',
        },
        facts: { deploymentId, ...FACTS },
      },
    })),
  );
}
