import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@fairlead/testing/servers';
import { startAlertmanager } from '../../../testing/src/servers/alertmanager-server.ts';
import type { AlertmanagerServer } from '../../../testing/src/servers/alertmanager-server.ts';
import { startMockVendor } from '../../../testing/src/vendors/mock-vendor.ts';
import type { MockVendor } from '../../../testing/src/vendors/mock-vendor.ts';
import { createAlertmanager } from './alertmanager.ts';
import { aDelivery } from './fixtures.ts';
import type { AlertmanagerOptions } from './options.ts';

let receiver: MockVendor;
let server: AlertmanagerServer;
let second: AlertmanagerServer;

beforeAll(async () => {
  receiver = await startMockVendor(() => ({ status: 200 }));
  // Tells at once what a person's own configuration tells after a while.
  const config = `
route:
  receiver: people
  group_by: [alertname, environment, application]
  group_wait: 0s
  group_interval: 1s
receivers: [{ name: people, webhook_configs: [{ url: '${receiver.url}/', send_resolved: true }] }]
`;
  [server, second] = await Promise.all([
    startAlertmanager({ config, routePrefix: '/am' }),
    startAlertmanager(),
  ]);
});

afterAll(() => Promise.all([server.stop(), second.stop(), receiver.stop()]));

const signal = AbortSignal.timeout(60_000);
const DEADLINE_MS = 60_000;

type Parts = NonNullable<Parameters<typeof aDelivery>[0]>;

/** Each test has a target of its own, and so alerts of its own. */
function target(application: string, over: Partial<AlertmanagerOptions> = {}) {
  const system = createAlertmanager({ urls: [server.url], page: true, silence: true, ...over });
  return {
    send: ({ event, facts }: Parts) => {
      const at = new Date().toISOString();
      const delivery = aDelivery({ event: { at, ...event }, facts: { application, ...facts } });
      return system.events.send(delivery, signal);
    },
    reach: () => system.reach(signal),
  };
}

interface Alert {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
  readonly status: { readonly state: string };
}

async function alertsOf(application: string, url = server.url): Promise<Alert[]> {
  const alerts = (await (await fetch(`${url}/api/v2/alerts`)).json()) as Alert[];
  return alerts.filter(({ labels }) => labels['application'] === application);
}

async function silencesOf(createdBy: string) {
  const response = await fetch(`${server.url}/api/v2/silences`);
  const silences = (await response.json()) as { createdBy: string; status: { state: string } }[];
  return silences.filter((one) => one.createdBy === createdBy).map(({ status }) => status.state);
}

/** What people were told of a target, oldest first. */
function toldOf(application: string): string[] {
  return receiver.received
    .map(({ body }) => JSON.parse(body) as { status: string; groupLabels: Record<string, string> })
    .filter(({ groupLabels }) => groupLabels['application'] === application)
    .map(({ status, groupLabels }) => `${groupLabels['alertname']} ${status}`);
}

const FAILED: Parts = { event: { kind: 'deployment-failed' } };
const COMPLETED: Parts = { event: { kind: 'deployment-completed' } };

describe('a real Alertmanager', () => {
  it('is reached behind its path prefix, and not without it', async () => {
    await expect(target('shop').reach()).resolves.toBeUndefined();

    const bare = target('shop', { urls: [new URL(server.url).origin] });
    await expect(bare.reach()).rejects.toMatchObject({ type: 'vendor-rejected' });
  });

  it('shows a failure with its labels', async () => {
    const linkTo = (id: string) => `https://temporal.example.com/${id}`;
    const at = new Date().toISOString();

    const answer = await target('shown', { linkTo }).send({ event: { at } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(await alertsOf('shown')).toMatchObject([
      {
        labels: {
          alertname: 'Deployment Failure',
          severity: 'critical',
          environment: 'staging',
          application: 'shown',
          managed_by: 'fairlead',
          source: 'event',
          page: 'true',
        },
        annotations: { deployment: 'd-1', failed_at: at },
        startsAt: at,
        generatorURL: 'https://temporal.example.com/d-1',
      },
    ]);
  });

  it.each(['a/b', 'quo"te', 'back\\slash', 'ünïcode 😀', 'new\nline', "a='b'"])(
    'opens and resolves for the name %j',
    async (application) => {
      const { send } = target(application);

      await send(FAILED);
      const open = await alertsOf(application);
      const answer = await send(COMPLETED);

      expect(open).toHaveLength(1);
      expect(answer).toEqual({ state: 'accepted' });
      expect(await alertsOf(application)).toEqual([]);
    },
  );

  it('is not changed by a repeat, nor has a second alert for the next failure', async () => {
    const { send } = target('repeated');
    const first: Parts = { event: { at: new Date().toISOString() } };

    await send(first);
    const [before] = await alertsOf('repeated');
    await send(first);
    const [repeated] = await alertsOf('repeated');
    await send({ facts: { deploymentId: 'd-2' } });
    const after = await alertsOf('repeated');

    expect(repeated).toEqual(before);
    expect(after).toMatchObject([
      { fingerprint: before?.fingerprint, annotations: { deployment: 'd-2' } },
    ]);
  });

  it('tells people once that it fails, and once that it is well', async () => {
    const { send } = target('told');

    await send(FAILED);
    await waitFor(() => toldOf('told').length > 0, {
      deadlineMs: DEADLINE_MS,
      what: 'the alert to be told',
    });
    await send({ event: { kind: 'rollback-completed' } });
    await waitFor(() => toldOf('told').includes('Deployment Failure resolved'), {
      deadlineMs: DEADLINE_MS,
      what: 'the end of the alert to be told',
    });

    expect(toldOf('told')).toEqual(['Deployment Failure firing', 'Deployment Failure resolved']);
  });

  it('shows a failed rollback beside the failure, and resolves both', async () => {
    const { send } = target('undone');

    await send(FAILED);
    await send({ event: { mark: 'rollback-failed', id: 'd-1/deployment-failed.2' } });
    const open = await alertsOf('undone');
    await send(COMPLETED);

    expect(open.map(({ labels }) => labels['alertname']).sort()).toEqual([
      'Deployment Failure',
      'Failed Rollback',
    ]);
    expect(await alertsOf('undone')).toEqual([]);
  });

  it('keeps the alert of a later failure when earlier news arrive late', async () => {
    const { send } = target('late');
    const longAgo = new Date(Date.now() - 60_000).toISOString();

    await send({ facts: { deploymentId: 'd-2' } });
    await send({ event: { at: longAgo } });
    await send({ event: { ...COMPLETED.event, at: longAgo } });

    expect(await alertsOf('late')).toMatchObject([{ annotations: { deployment: 'd-2' } }]);
  });

  it('silences others about the canary, until the deployment ends', async () => {
    const { send } = target('quiet');
    const facts = { deploymentId: 'd-quiet', application: 'quiet' };
    const noise = { alertname: 'Noise', environment: 'staging', application: 'quiet' };
    const startsAt = new Date().toISOString();
    await fetch(`${server.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([
        { labels: noise, startsAt },
        { labels: { ...noise, namespace: 'shop-staging' }, startsAt },
        { labels: { ...noise, namespace: 'shop-staging-2' }, startsAt },
      ]),
    });

    await send({ event: { kind: 'canary-started' }, facts });
    await send({ event: { kind: 'canary-started' }, facts });
    await send({ ...FAILED, facts });
    const during = await alertsOf('quiet');
    const silences = await silencesOf('d-quiet');
    await send({ event: { kind: 'rollback-completed' }, facts });

    const states = during.map(({ labels, status }) => [
      labels['alertname'],
      labels['namespace'],
      status.state,
    ]);
    expect(states).toHaveLength(4);
    expect(states).toEqual(
      expect.arrayContaining([
        ['Noise', undefined, 'suppressed'],
        ['Noise', 'shop-staging', 'suppressed'],
        // Of another namespace, and our own: these are heard.
        ['Noise', 'shop-staging-2', expect.not.stringMatching('suppressed')],
        ['Deployment Failure', undefined, expect.not.stringMatching('suppressed')],
      ]),
    );
    expect(silences).toEqual(['active']);
    expect(await silencesOf('d-quiet')).toEqual(['expired']);
  });

  it('tells every member, and does with those that are there', async () => {
    const { send } = target('everywhere', { urls: [server.url, second.url] });
    await send(FAILED);
    const both = [await alertsOf('everywhere'), await alertsOf('everywhere', second.url)];

    await second.stop();
    const answer = await send(COMPLETED);

    expect(both.map((alerts) => alerts.length)).toEqual([1, 1]);
    expect(answer).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/^1 of 2 members took it; member 2: .*ECONNREFUSED/),
    });
    expect(await alertsOf('everywhere')).toEqual([]);
  });
});
