import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import type { RouteExplanation } from '@fairlead/notifications';
import { spawnWorker } from '@fairlead/testing/e2e';
import type { SpawnedWorker } from '@fairlead/testing/e2e';
import { joinTemporal } from '@fairlead/testing/servers';
import type { SharedTemporal } from '@fairlead/testing/servers';
import { startMockPagerduty, startMockSlack } from '@fairlead/testing/vendors';
import type { MockPagerduty, MockSlack } from '@fairlead/testing/vendors';
import { awaitTest } from '../src/asking/await-test.ts';
import { testMessages } from '../src/asking/test-message.ts';
import { connect } from '@fairlead/client/internal/connection/connect';
import { createFolder } from './fairlead.ts';
import { openShell } from './shell.ts';
import type { Shell } from './shell.ts';
import { untilReceipts } from './until-receipts.ts';

const QUIET = '{ from: "22:00", to: "07:00", time_zone: Asia/Seoul, then: drop }';
const CONFIG = `application: shop
components: [{ name: api, image: "registry.example.com/shop/api:2.4.1" }]
environments:
  staging: { type: rolling }
  production: {}
  nightly: {}
notification:
  slack:
    webhook_url: "\${SLACK_WEBHOOK}"
    destinations: [{ name: gone, webhook_url: "\${SLACK_GONE}" }]
    max_per_minute: 0
  teams: { enabled: false }
  pagerduty: { routing_key: "\${PAGERDUTY_KEY}", api_url: "\${PAGERDUTY_URL}" }
roles:
  ops: { channels: [slack, pagerduty, teams], events: [failure, rollback] }
  dev: { channels: ["slack:gone"], events: [status], environments: [staging] }
  qa: { channels: ["slack:gone"], events: [status], environments: [nightly], quiet_hours: ${QUIET} }
`;
/** 03:00 in Seoul, and noon. */
const NIGHT = '2026-11-25T18:00:00Z';
const NOON = '2026-11-25T12:00:00+09:00';

/** Of any of the three commands. */
interface Answer {
  readonly kinds?: readonly { kind: string; route: readonly RouteExplanation[] }[];
  readonly counts?: Readonly<Record<string, number>>;
  readonly deliveries?: readonly Receipt[];
}

let temporal: SharedTemporal;
let slack: MockSlack;
let pagerduty: MockPagerduty;
let folder: Awaited<ReturnType<typeof createFolder>>;
let shell: Shell;
let workers: readonly SpawnedWorker[];

beforeAll(async () => {
  temporal = await joinTemporal();
  slack = await startMockSlack();
  pagerduty = await startMockPagerduty();
  folder = await createFolder({ 'fairlead.yaml': CONFIG });
  const env = {
    ...temporal.env,
    SLACK_WEBHOOK: slack.webhookUrl,
    SLACK_GONE: `${slack.url}/services/T000/B000/gone`,
    PAGERDUTY_KEY: 'R'.repeat(32),
    PAGERDUTY_URL: pagerduty.url,
    ...bundleMade(),
  };
  const config = join(folder.path, 'fairlead.yaml');
  workers = [
    ['--role', 'control', '--config', config],
    ['--role', 'cluster', '--sandbox', join(folder.path, 'state')],
  ].map((args) => spawnWorker([...args, '--health-port', '0'], env));
  shell = openShell({ cwd: folder.path, env: { ...temporal.env, FAIRLEAD_ACTOR: 'kim' } });
  await Promise.all(workers.map((worker) => worker.ready()));
});

afterAll(async () => {
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all([...workers.map(({ exited }) => exited), shell.close()]);
  await temporal.stop();
  await slack.stop();
  await pagerduty.stop();
  await folder.remove();
});

/** The bundle of the whole test run, where there is one. */
function bundleMade(): Record<string, string> {
  const made = process.env.FAIRLEAD_WORKFLOW_BUNDLE ?? '';
  return made === '' ? {} : { FAIRLEAD_WORKFLOW_BUNDLE: made };
}

/** On a machine that has none of the secrets. */
function fairlead(...args: readonly string[]) {
  return shell.fairlead(...args);
}

async function json(...args: readonly string[]) {
  const { exitCode, stdout } = await fairlead(...args, '--json');
  return { exitCode, document: JSON.parse(stdout) as Answer };
}

describe('notify route', () => {
  async function routeOf(...args: readonly string[]) {
    const { exitCode, document } = await json('notify', 'route', ...args);
    expect(exitCode).toBe(0);
    return document.kinds?.map(({ kind, route }) => [
      kind,
      Object.fromEntries(route.map(({ destination, verdict }) => [destination, verdict])),
    ]);
  }

  it('says who gets what, and why not, on a machine without the secrets', async () => {
    const { exitCode, stdout } = await fairlead(
      'notify',
      'route',
      '--event',
      'failure',
      '-e',
      'staging',
    );

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^failure in staging at [^]*\ndeployment-failed\n/);
    expect(stdout).toMatch(/^slack +told +for ops$/m);
    expect(stdout).toMatch(/^slack:gone +not-told +no role asks for it here$/m);
    expect(stdout).toMatch(/^ +dev +not-its-events +is told of events status$/m);
    expect(stdout).toMatch(
      /^teams +not-told +switched off: notification\.teams\.enabled is false$/m,
    );
    expect(stdout).toMatch(/^log +told +no role decides over it/m);
  });

  it('knows the hour', async () => {
    const status = ['--event', 'status', '-e', 'nightly'];
    const others = { slack: 'not-told', teams: 'not-told', log: 'told' };

    expect(await routeOf(...status, '--at', NIGHT)).toEqual([
      ['deployment-started', { ...others, 'slack:gone': 'dropped', pagerduty: 'not-told' }],
      ['deployment-completed', { ...others, 'slack:gone': 'dropped', pagerduty: 'told' }],
      ['remediation-attempted', { ...others, 'slack:gone': 'dropped', pagerduty: 'not-told' }],
    ]);
    expect(await routeOf(...status, '--at', NOON)).toMatchObject([
      ['deployment-started', { 'slack:gone': 'told' }],
      ['deployment-completed', { 'slack:gone': 'told' }],
      ['remediation-attempted', { 'slack:gone': 'told' }],
    ]);
  });

  it.each([
    [['--event', 'failures', '-e', 'staging'], /choices are status, failure/],
    [['--event', 'failure', '-e', 'staging', '--at', '02:30'], /with its zone/],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr } = await fairlead('notify', 'route', ...args);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('notify test', () => {
  function testOf(...names: readonly string[]) {
    return testMessages({
      ...{ testId: 'test-away', environment: 'staging', actor: 'kim', at: new Date() },
      destinations: names.map((name) => ({
        ...{ name, road: name === 'log' ? 'keyed' : 'paced', kinds: ['deployment-started'] },
        send: () => Promise.reject(new Error('the worker sends')),
      })),
    });
  }

  it('tells each destination of a test, leaves no incident open, and shows the receipts', async () => {
    const { exitCode, document } = await json('notify', 'test', '-e', 'production');

    expect(document).toMatchObject({
      workflowId: expect.stringMatching(/^notify-test\/test-/),
      counts: { accepted: 3, delivered: 1 },
      receipts: [
        { destination: 'slack', state: 'delivered' },
        { destination: 'pagerduty', state: 'accepted' },
        { destination: 'pagerduty', state: 'accepted' },
        { destination: 'log', state: 'accepted' },
      ],
    });
    expect(exitCode).toBe(0);
    expect(JSON.stringify(slack.messages.at(-1))).toMatch(
      /\[production\] TEST: Deployment Started[^]*asked for by kim/,
    );
    expect(pagerduty.events.map(({ event_action: action }) => action)).toEqual([
      'trigger',
      'resolve',
    ]);
    expect(pagerduty.openAlerts()).toEqual([]);
  });

  it('exits 4 with cause and mend when one is dead', async () => {
    const { exitCode, stdout } = await fairlead('notify', 'test', '--channel', 'slack:gone');

    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/^slack:gone +deployment-started +dead +1 .* see below$/m);
    expect(stdout).toMatch(/^dead {2}test-.*\/slack:gone: vendor-rejected: .*404.*; .+/m);
  });

  it('tells what has ended in time, when a vendor is away for longer or a queue is not served', async () => {
    slack.misbehave(...Array.from({ length: 20 }, () => ({ status: 503 })));
    const session = await connect(temporal.env);
    const said: string[] = [];

    const { receipts, troubles } = await awaitTest(session, testOf('slack', 'sms:0199', 'log'), {
      note: (text) => said.push(text),
      waitsMs: [1_000, 3_000, 1_000],
    });

    slack.recover();
    await session.close();
    expect(receipts).toMatchObject([
      { destination: 'slack', state: 'pending', detail: expect.stringContaining('tried for 24 h') },
      { state: 'pending', detail: expect.stringContaining('its queue deliver-sms:0199;') },
      { destination: 'log', state: 'accepted' },
    ]);
    expect(said).toEqual([
      'Waiting up to 4 s more for the receipts of slack, sms:0199, log.',
      expect.stringMatching(/^Still waiting for slack: .*tried for 24 h/),
      expect.stringMatching(/^Still waiting for sms:0199: no worker serves/),
      expect.stringMatching(/^! deliverOne is tried again \(attempt [2-9]\): .*slack answered 503/),
    ]);
    expect(troubles).toMatchObject([{ message: expect.stringContaining('slack answered 503') }]);
  });

  it('refuses a channel that is not there', async () => {
    const { exitCode, stderr } = await fairlead('notify', 'test', '--channel', 'teams');

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/no channel teams \(switched off.*\); there are slack, slack:gone/);
  });
});

describe('deliveries', () => {
  const bad = ['--component', 'api=registry.example.com/shop/api:crashloop-2'];

  it('shows every receipt of a deployment, the dead with cause and mend', async () => {
    const deployed = await fairlead('deploy', '-e', 'staging', ...bad, '--request-id', 'bad');
    expect(deployed.exitCode).toBe(3);
    await untilReceipts(
      temporal.env,
      'bad',
      (receipts) =>
        receipts.filter(({ state }) => state === 'dead').length === 1 &&
        receipts.every(({ state }) => state !== 'pending'),
    );

    const { stdout } = await fairlead('deliveries', 'bad');
    const { document } = await json('deliveries', 'bad');

    expect(stdout).toMatch(/^slack +deployment-failed +delivered/m);
    expect(stdout).toMatch(/^pagerduty +rollback-initiated +suppressed .* covered: /m);
    expect(stdout).toMatch(/^dead {2}bad\/deployment-started\/slack:gone: vendor-rejected: .*; /m);
    expect(document.counts).toMatchObject({ dead: 1 });
    expect(document.counts).not.toHaveProperty('pending');
    expect(document.deliveries).toHaveLength(
      Object.values(document.counts ?? {}).reduce((sum, count) => sum + count, 0),
    );
  });

  it('shows those of the latest deployments, and of these only the dead', async () => {
    const { exitCode, document } = await json('deliveries', '--dead');

    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      counts: { dead: 1 },
      deliveries: [{ deploymentId: 'bad', destination: 'slack:gone', state: 'dead' }],
    });
  });

  it('hints at what was deployed to where nothing was', async () => {
    const { exitCode, stdout, stderr } = await fairlead('deliveries', '-e', 'stagin');

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'No deliveries.\n' });
    expect(stderr).toMatch(/nothing was ever deployed with environment stagin; known: staging/);
  });

  it('says plainly that there is no such deployment', async () => {
    const { exitCode, stderr } = await fairlead('deliveries', 'never');

    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/no deployment never/);
  });
});
