/**
 * Many deployments fail within a minute, with the pacing as shipped: whether everyone in the route is told within two
 * windows, no channel is asked more often than it takes, and each event has its receipt. With `--gone` Slack's webhook
 * is gone for good and Teams is its fallback. With `--handed-over` the runs are over and their messages alone come
 * within the minute, by the workflow that sends what a run could not: so two cores reach a thousand.
 * `node tools/bench/storm.ts [--deployments 1000] [--gone] [--handed-over] [--json]`
 */
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { CONTROL_QUEUE, redeliveryWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { OpenDelivery, RedeliveryInput } from '@fairlead/contracts';
import {
  createDeliveryActivities,
  createSettingsActivities,
  queueRate,
  sampleDelivery,
} from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import {
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import { finalReceipts } from './lib/final-receipts.ts';
import { printReport } from './lib/report.ts';
import type { Row } from './lib/report.ts';
import { isTold, mostInAMinute, stormVerdicts, toldTo } from './lib/storm-verdicts.ts';
import { silent, startStormVendors } from './lib/storm-vendors.ts';

const { values } = parseArgs({
  options: {
    deployments: { type: 'string', default: '1000' },
    gone: { type: 'boolean', default: false },
    'handed-over': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const DEPLOYMENTS = Number(values.deployments);
if (!Number.isInteger(DEPLOYMENTS) || DEPLOYMENTS < 1) throw new Error('--deployments: from 1 on');
const TOLD_OF = [
  { type: 'failure', kind: 'deployment-failed' },
  { type: 'rollback', kind: 'rollback-initiated' },
  { type: 'rollback', kind: 'rollback-completed' },
] as const;
const WINDOW_MS = 60_000;
const DEADLINE_MS = 15 * 60_000;
/** As many as it takes to see that none is without. */
const SAMPLED = 100;
/** A workflow writes its receipt down after the vendor's answer. */
const RECEIPTS_MS = 60_000;

const vendors = await startStormVendors({ gone: values.gone, digestAfterMs: WINDOW_MS });
const { destinations, calls } = vendors;
const roles = [
  {
    name: 'ops',
    channels: values.gone ? ['slack'] : ['slack', 'sms'],
    events: ['failure', 'rollback'] as const,
  },
];
const settings = () => ({ destinations, roles, fallback: values.gone ? 'teams' : undefined });

const cluster = createScriptedCluster();
cluster.script.beforeApply = ({ lists }) =>
  lists.flat().some(({ kind }) => kind === 'canary')
    ? {
        component: 'api',
        workload: 'api-canary',
        side: 'canary',
        reason: 'CrashLoopBackOff',
        message: 'exit 1',
        pods: ['api-1'],
        since: new Date().toISOString(),
      }
    : undefined;
const harness = await startWorkflowHarness(
  {
    ...cluster,
    ...createDeliveryActivities({ settings, log: silent }),
    ...createSettingsActivities({ settings }),
    lookupRecord: () => Promise.resolve(undefined),
  },
  {
    pacedDestinations: destinations.map(queueOf),
    rates: Object.fromEntries(
      destinations.map((one) => [queueOf(one), queueRate(one.perSecond ?? 0, 1)]),
    ),
  },
);

const startMs = performance.now();
const ids = Array.from({ length: DEPLOYMENTS }, (_, index) => `storm-${index}`);
const { fail, ownReceipts } = values['handed-over'] ? await handingOver() : failing();
await Promise.all(
  ids.map(async (id, index) => {
    await wait((index * WINDOW_MS) / DEPLOYMENTS);
    await fail(id);
  }),
);
const failedMs = performance.now();
const events = TOLD_OF.length * DEPLOYMENTS;
// What is gone is told of nothing; its fallback is, of all.
const route = destinations.filter(({ channel }) => channel !== (values.gone ? 'sms' : 'teams'));
const expected = route
  .filter(({ channel }) => !values.gone || channel !== 'slack')
  .map(({ name }) => name);
while (!isEveryoneTold() && performance.now() - startMs < DEADLINE_MS) await wait(500);

// From the first to the last: who comes late is told in another way.
const sample = ids.filter((_id, index) => index % Math.ceil(DEPLOYMENTS / SAMPLED) === 0);
const keys = sample.flatMap((id) =>
  TOLD_OF.flatMap(({ kind }) => route.map(({ name }) => `${id}/${kind}/${name}`)),
);
const code = printReport(
  {
    bench: 'storm',
    what: `${DEPLOYMENTS} deployments failed within ${Math.round((failedMs - startMs) / 1_000)} s, ${TOLD_OF.length} events each`,
    rows: route.map(rowOf),
    verdicts: stormVerdicts({
      ...{ calls, failedMs, expected, events, windowMs: WINDOW_MS },
      caps: Object.fromEntries(route.map((one) => [one.name, capOf(one)])),
      taken: vendors.taken(),
      ...{ sampled: keys.length, unresolved: await unresolvedOf(keys) },
    }),
  },
  values.json,
);
await harness.stop();
await vendors.stop();
process.exit(code);

/** Each run from its request to its end. */
function failing() {
  return {
    fail: async (id: string) => {
      await harness.request(requestOf(id, { application: id, environment: 'production' }));
      await harness.result(id);
    },
    ownReceipts: async (id: string) => (await harness.record(id)).deliveries,
  };
}

/** What a run that failed at once has to tell, by the routes that it would have. */
async function handingOver() {
  const environment = 'production';
  const read = createSettingsActivities({ settings });
  const { routes, fallback = [] } = await read.settingsSnapshot({ environment });
  const { workflow } = harness.client;

  function openOf(id: string): OpenDelivery[] {
    const at = new Date().toISOString();
    return TOLD_OF.flatMap(({ type, kind }) =>
      routes
        .filter(({ kinds }) => kinds.includes(kind))
        .map(({ destination, kinds: _kinds, ...manner }) => ({
          ...manner,
          fallback: fallback.filter(({ kinds }) => kinds.includes(kind)),
          delivery: {
            key: `${id}/${kind}/${destination}`,
            destination,
            event: { id: `${id}/${kind}`, type, kind, at, message: 'api-canary: CrashLoopBackOff' },
            facts: { ...sampleDelivery(kind).facts, deploymentId: id, environment },
          },
        })),
    );
  }

  return {
    fail: async (id: string) => {
      const input: RedeliveryInput = { deploymentId: id, open: openOf(id) };
      await workflow.start(WORKFLOW_TYPES.redelivery, {
        workflowId: redeliveryWorkflowId(id),
        taskQueue: CONTROL_QUEUE,
        args: [input],
      });
    },
    // Its redelivery has them, as every run's that was handed over.
    ownReceipts: () => Promise.resolve([]),
  };
}

function queueOf({ name, queue = name }: Destination): string {
  return queue;
}

/** A minute that begins with a message has one more than its rate. */
function capOf({ perSecond = 0 }: Destination): number {
  return Math.round(perSecond * 60) + 1;
}

function isEveryoneTold(): boolean {
  return expected.every((name) => toldTo(name, { calls, events }).isWhole);
}

function rowOf(destination: Destination): Row {
  const own = calls.filter((call) => call.destination === destination.name);
  const told = own.filter(isTold);
  return {
    destination: destination.name,
    requests: own.filter(({ state }) => state !== 'suppressed').length,
    messages: told.length,
    'events told': told.reduce((sum, call) => sum + call.events, 0),
    covered: own.filter(({ state }) => state === 'suppressed').length,
    'most/min': mostInAMinute(own),
  };
}

/** Keys without a receipt, and those whose last one is not final. */
async function unresolvedOf(wanted: readonly string[]): Promise<readonly string[]> {
  const endMs = performance.now() + RECEIPTS_MS;
  const own = (await Promise.all(sample.map(ownReceipts))).flat();
  for (;;) {
    const receipts = await finalReceipts(harness.client, sample, own);
    const open = wanted.filter((key) => (receipts.get(key)?.state ?? 'pending') === 'pending');
    if (open.length === 0 || performance.now() >= endMs) return open;
    await wait(1_000);
  }
}
