import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NotifiedKind, Receipt } from '@fairlead/contracts';
import { redeliveryWorkflowId } from '@fairlead/contracts';
import { startTcpProxy } from '@fairlead/testing/cluster';
import type { TcpProxy } from '@fairlead/testing/cluster';
import { freePorts, waitFor } from '@fairlead/testing/servers';
import {
  startMockFirebase,
  startMockPagerduty,
  startMockSlack,
  startMockTeams,
  startMockTwilio,
} from '@fairlead/testing/vendors';
import {
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import type { Destination } from '../destination.ts';
import { createDestinations } from '../registry.ts';
import { createSettingsActivities } from '../settings-activities.ts';
import { createDeliveryActivities } from './activities.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const DEADLINE_MS = 120_000;
const CHANNELS = ['slack', 'teams', 'sms', 'pagerduty', 'firebase'] as const;
const EVENTS = ['status', 'failure', 'rollback', 'canary', 'promotion'] as const;
const KINDS: readonly NotifiedKind[] = [
  'deployment-started',
  'canary-started',
  'deployment-failed',
  'rollback-initiated',
  'rollback-completed',
];
const MAIL_KINDS = KINDS.filter((kind) => kind !== 'canary-started');
/** Of a busy destination, where an outage that many messages meet shows as a digest; quick, so that the test is. */
const DIGEST_AFTER_MS = 5_000;

const [slack, teams, twilio, pagerduty, firebase] = await Promise.all([
  startMockSlack(),
  startMockTeams(),
  startMockTwilio(),
  startMockPagerduty(),
  startMockFirebase(),
]);
const vendors = { slack, teams, sms: twilio, pagerduty, firebase };

let harness: WorkflowHarness;
/** Where each vendor is looked for; nobody is there during its outage. */
let ports: Record<(typeof CHANNELS)[number], number>;
let proxies: TcpProxy[] = [];
let number = 0;
/** What each destination was given and took, in order. */
let taken: { readonly destination: string; readonly kind: string; readonly events: number }[];

function addressOf(channel: (typeof CHANNELS)[number]): string {
  return `http://127.0.0.1:${ports[channel]}`;
}

function behindPorts(): Destination[] {
  const context = { log: silent };
  const all = [
    createDestinations(
      {
        ...{ channel: 'slack', name: 'slack', webhookUrl: slack.webhookUrl },
        apiUrl: addressOf('slack'),
      },
      context,
    ),
    createDestinations(
      {
        ...{ channel: 'slack', name: 'slack:busy', webhookUrl: slack.webhookUrl },
        ...{ apiUrl: addressOf('slack'), digestAfterMs: DIGEST_AFTER_MS },
      },
      context,
    ),
    createDestinations(
      { channel: 'teams', webhookUrl: teams.webhookUrl, apiUrl: addressOf('teams') },
      context,
    ),
    createDestinations(
      {
        ...{ channel: 'sms', accountSid: twilio.accountSid, authToken: twilio.authToken },
        ...{ fromNumber: twilio.fromNumber, toNumbers: ['+15005550009'] },
        apiUrl: addressOf('sms'),
      },
      context,
    ),
    createDestinations(
      {
        channel: 'pagerduty',
        keys: { apiKey: pagerduty.apiKey, serviceId: pagerduty.serviceId },
        apiUrl: addressOf('pagerduty'),
      },
      context,
    ),
    createDestinations(
      {
        ...{ channel: 'firebase', projectId: firebase.projectId },
        ...{ credentialsFile: firebase.credentialsFile, apiUrl: addressOf('firebase') },
        ...{ notificationTopics: ['deployments'], emailTo: ['ops@example.com'] },
      },
      context,
    ),
  ];
  return all.flat().map(watched);
}

function watched(destination: Destination): Destination {
  return {
    ...destination,
    async send(delivery, signal) {
      const answer = await destination.send(delivery, signal);
      const { event, digest } = delivery;
      if (answer.state !== 'suppressed') {
        taken.push({
          destination: destination.name,
          kind: event.kind,
          events: digest?.count ?? 1,
        });
      }
      return answer;
    },
  };
}

beforeAll(async () => {
  const free = await freePorts(CHANNELS.length);
  ports = Object.fromEntries(CHANNELS.map((name, index) => [name, free[index]])) as typeof ports;
  const destinations = behindPorts();
  const roles = [{ name: 'ops', channels: [...CHANNELS, 'slack:busy'], events: EVENTS }];
  const settings = () => ({ destinations, roles });
  const cluster = createScriptedCluster();
  cluster.script.beforeApply = ({ lists }) =>
    lists.flat().some(({ kind }) => kind === 'canary')
      ? {
          ...{ component: 'api', workload: 'api-canary', side: 'canary', pods: ['api-1'] },
          ...{ reason: 'CrashLoopBackOff', message: 'exit 1', since: new Date().toISOString() },
        }
      : undefined;
  harness = await startWorkflowHarness(
    {
      ...cluster,
      ...createDeliveryActivities({ settings, log: silent }),
      ...createSettingsActivities({ settings }),
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['slack', 'slack:busy', 'teams', 'sms'], rates: { 'slack:busy': 1 } },
  );
});

afterAll(async () => {
  await harness.stop();
  await Promise.all(Object.values(vendors).map((vendor) => vendor.stop()));
});

beforeEach(() => {
  number += 1;
  taken = [];
});

afterEach(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()));
  proxies = [];
});

async function heal(): Promise<void> {
  proxies = await Promise.all(
    CHANNELS.map((name) => startTcpProxy(Number(new URL(vendors[name].url).port), ports[name])),
  );
}

async function fail(id: string): Promise<void> {
  await harness.request(requestOf(id, { application: id }));
  await harness.result(id);
}

function kindsTo(destination: string): string[] {
  return taken.filter((one) => one.destination === destination).map(({ kind }) => kind);
}

describe('an outage of every channel', () => {
  it('holds no deployment up, and what is few arrives in order once it is over', async () => {
    const id = `few-${number}`;

    await fail(id);
    const { outcome, deliveries } = await harness.record(id);
    await heal();
    await waitFor(() => kindsTo('slack').length + kindsTo('firebase:mail').length >= 9, {
      deadlineMs: DEADLINE_MS,
      what: () => `all messages; taken were ${JSON.stringify(taken)}`,
    });
    const receipts = (await harness.client.workflow
      .getHandle(redeliveryWorkflowId(id))
      .result()) as Receipt[];

    expect(outcome).toBe('rolled-back');
    expect(deliveries.filter(({ state }) => state === 'delivered')).toEqual([]);
    expect(kindsTo('slack')).toEqual(KINDS);
    expect(kindsTo('teams')).toEqual(KINDS);
    expect(kindsTo('firebase')).toEqual(KINDS);
    expect(kindsTo('firebase:mail')).toEqual(MAIL_KINDS);
    expect(pagerduty.events.map(({ event_action }) => event_action)).toEqual([
      'trigger',
      'resolve',
    ]);
    await waitFor(() => twilio.messages.length === 4, {
      deadlineMs: DEADLINE_MS,
      what: () => `4 SMS, of which ${twilio.messages.length} came`,
    });
    expect(receipts.filter(({ state }) => state === 'dead')).toEqual([]);
  });

  it('is told of in a digest where there were many', async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `many-${number}-${index}`);

    await Promise.all(ids.map((id) => fail(id)));
    await heal();
    const expected = ids.length * KINDS.length;
    const toldOf = () =>
      taken
        .filter(({ destination }) => destination === 'slack:busy')
        .reduce((sum, { events }) => sum + events, 0);
    await waitFor(() => toldOf() >= expected, {
      deadlineMs: DEADLINE_MS,
      what: () => `${expected} events to Slack, of which ${toldOf()} were told`,
    });

    expect(
      taken.some(({ destination, events }) => destination === 'slack:busy' && events > 1),
    ).toBe(true);
    expect(kindsTo('slack:busy').length).toBeLessThan(expected);
  });
});
