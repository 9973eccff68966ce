/**
 * Many deployments fail within a minute, with the pacing as shipped: how long until everyone in the route is told, by
 * how many messages, and whether each event has its receipt. With `--gone` Slack's webhook is gone for good and Teams
 * is its fallback. With `--handed-over` the runs are over and their messages alone come within the minute, by the
 * workflow that sends what a run could not: so two cores reach a thousand.
 * `node tools/bench/storm.ts [--deployments 1000] [--gone] [--handed-over]`
 */
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { CONTROL_QUEUE, redeliveryWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { OpenDelivery, Receipt, RedeliveryInput } from '@fairlead/contracts';
import {
  createDeliveryActivities,
  createDestinations,
  createSettingsActivities,
  queueRate,
  sampleDelivery,
} from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import { startMockSlack, startMockTeams, startMockTwilio } from '@fairlead/testing/vendors';
import {
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';

const { values } = parseArgs({
  options: {
    deployments: { type: 'string', default: '1000' },
    gone: { type: 'boolean', default: false },
    'handed-over': { type: 'boolean', default: false },
  },
});
const DEPLOYMENTS = Number(values.deployments);
const TOLD_OF = [
  { type: 'failure', kind: 'deployment-failed' },
  { type: 'rollback', kind: 'rollback-initiated' },
  { type: 'rollback', kind: 'rollback-completed' },
] as const;
const WINDOW_MS = 60_000;
const DEADLINE_MS = 15 * 60_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Told {
  readonly destination: string;
  readonly atMs: number;
  readonly events: number;
}

const told: Told[] = [];
const tries: Told[] = [];

/** Writes down what it was given, and what was taken. */
function watched(destination: Destination): Destination {
  return {
    ...destination,
    async send(delivery, signal) {
      const one = { destination: destination.name, events: delivery.digest?.count ?? 1 };
      tries.push({ ...one, atMs: performance.now() });
      const answer = await destination.send(delivery, signal);
      told.push({ ...one, atMs: performance.now() });
      return answer;
    },
  };
}

const [slack, teams, twilio] = await Promise.all([
  startMockSlack(),
  startMockTeams(),
  startMockTwilio(),
]);
const pace = { digestAfterMs: WINDOW_MS };
const destinations = [
  ...createDestinations(
    {
      channel: 'slack',
      name: 'slack',
      webhookUrl: values.gone ? `${slack.url}/services/T000/B000/gone` : slack.webhookUrl,
      ...pace,
    },
    { log: silent },
  ),
  ...createDestinations(
    { channel: 'teams', webhookUrl: teams.webhookUrl, ...pace },
    { log: silent },
  ),
  ...createDestinations(
    {
      channel: 'sms',
      accountSid: twilio.accountSid,
      authToken: twilio.authToken,
      fromNumber: twilio.fromNumber,
      toNumbers: ['+15005550009'],
      apiUrl: twilio.url,
      ...pace,
    },
    { log: silent },
  ),
].map(watched);
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
const { fail, receiptsOf } = values['handed-over'] ? await handingOver() : failing();
await Promise.all(
  ids.map(async (id, index) => {
    await wait((index * WINDOW_MS) / DEPLOYMENTS);
    await fail(id);
  }),
);
const failedMs = performance.now();
// What is gone is told of nothing; its fallback is, of all.
const expected = destinations
  .filter(({ channel }) => (values.gone ? channel === 'teams' : channel !== 'teams'))
  .map(({ name }) => name);
while (!isEveryoneTold() && performance.now() - startMs < DEADLINE_MS) await wait(500);
// As many as it takes to see that none is without.
const receipts = await Promise.all(ids.slice(0, 100).map(receiptsOf));
const byDestination = Object.groupBy(told, ({ destination }) => destination);
process.stdout.write(
  `${JSON.stringify(
    {
      deployments: DEPLOYMENTS,
      failedWithinS: Math.round((failedMs - startMs) / 1000),
      receiptsEach: [...new Set(receipts.map(({ length }) => length))],
      toldAfterLastFailureS: Math.round((lastTold() - failedMs) / 1000),
      everyoneTold: isEveryoneTold(),
      channels: Object.entries(byDestination).map(([destination, all = []]) => ({
        destination,
        messages: all.length,
        events: all.reduce((sum, { events }) => sum + events, 0),
        lastS: Math.round((Math.max(...all.map(({ atMs }) => atMs)) - startMs) / 1000),
        mostInAMinute: mostInAMinute(tries.filter((one) => one.destination === destination)),
      })),
      tries: tries.length,
    },
    null,
    2,
  )}\n`,
);
await harness.stop();
await Promise.all([slack.stop(), teams.stop(), twilio.stop()]);
process.exit(0);

/** Each run from its request to its end. */
function failing() {
  return {
    fail: async (id: string) => {
      await harness.request(requestOf(id, { application: id, environment: 'production' }));
      await harness.result(id);
    },
    receiptsOf: async (id: string) => (await harness.record(id)).deliveries,
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
    receiptsOf: (id: string): Promise<readonly Receipt[]> =>
      workflow.getHandle(redeliveryWorkflowId(id)).result() as Promise<readonly Receipt[]>,
  };
}

function queueOf({ name, queue = name }: Destination): string {
  return queue;
}

function isEveryoneTold(): boolean {
  return expected.every((destination) => {
    const events = told
      .filter((one) => one.destination === destination)
      .reduce((sum, one) => sum + one.events, 0);
    return events >= TOLD_OF.length * DEPLOYMENTS;
  });
}

function lastTold(): number {
  return Math.max(...told.map(({ atMs }) => atMs));
}

function mostInAMinute(all: readonly Told[]): number {
  return Math.max(
    0,
    ...all.map(
      ({ atMs }) =>
        all.filter((other) => other.atMs >= atMs && other.atMs < atMs + WINDOW_MS).length,
    ),
  );
}
