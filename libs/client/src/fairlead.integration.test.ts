import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeploymentRecord, SettingsActivities } from '@fairlead/contracts';
import {
  createRecordingDeliveries,
  createRecordingStates,
  createScriptedCluster,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { connect } from './fairlead.ts';
import type { Fairlead } from './fairlead.ts';
import type { DeployOptions } from './verbs/options.ts';

const CONFIG = `components: [{ name: api, image: registry.example.com/api:2 }]
environments: { staging: { namespace: shop-staging, type: canary } }
canary: { steps: [{ weight: 10 }, { approval: {} }], bake: 0s }
notification: { slack: { webhook_url: '\${NOT_SET_HERE}' } }
`;

const deliveries = createRecordingDeliveries({ mail: 'keyed', pager: 'keyed' });
/** One role for each channel, as a worker's configuration has them. */
const settings: Pick<SettingsActivities, 'settingsSnapshot'> = {
  async settingsSnapshot(request) {
    const { routes } = await deliveries.settingsSnapshot(request);
    const { roles } = request;
    if (roles === undefined) return { routes };
    const named = routes.filter(({ destination }) => roles.includes(destination));
    return { routes: named, roles: ['mail', 'pager'] };
  },
};

let harness: WorkflowHarness;
let folder: string;
let fairlead: Fairlead;
let number = 0;
let application: string;
let record: DeploymentRecord;

beforeAll(async () => {
  harness = await startWorkflowHarness({
    ...createScriptedCluster(),
    ...deliveries,
    ...createRecordingStates(),
    ...settings,
    lookupRecord: ({ deploymentId }) => harness.record(deploymentId),
  });
  folder = await mkdtemp(join(tmpdir(), 'fairlead-client-'));
  const config = join(folder, 'fairlead.yaml');
  await writeFile(config, CONFIG);
  fairlead = await connect({
    ...{ env: harness.server.env, config: [config], actor: 'a-program' },
  });
  const application = 'told';
  await fairlead.start({ environment: 'staging', application, type: 'rolling', requestId: 'told' });
  await harness.result('told');
  record = await fairlead.get('told');
});

beforeEach(() => {
  number += 1;
  application = `shop-${number}`;
  deliveries.sent.length = 0;
  deliveries.before = () => Promise.resolve();
});

afterAll(async () => {
  await fairlead.close();
  await harness.stop();
  await rm(folder, { recursive: true });
});

function id(name: string): string {
  return `${name}-${number}`;
}

describe('a deployment', () => {
  it('is made, and waited for, by its file without the secrets of any channel', async () => {
    const end = await fairlead.deploy({ environment: 'staging', application, type: 'rolling' });

    expect(end).toMatchObject({ succeeded: true, record: { outcome: 'succeeded', application } });
    expect(end.record.actor).toBe('a-program');
  });

  it('is the same when its request is repeated', async () => {
    const asked: DeployOptions = {
      ...{ environment: 'staging', application, type: 'rolling', requestId: id('same') },
    };
    const first = await fairlead.deploy(asked);

    const second = await fairlead.deploy(asked);

    expect(second.record.startedAt).toBe(first.record.startedAt);
    expect(await fairlead.list({ application })).toHaveLength(1);
  });

  it('goes back where a failure is rehearsed, and that is no error', async () => {
    const { succeeded, record: ended } = await fairlead.deploy({
      ...{ environment: 'staging', application, type: 'rolling', simulateFailure: true },
    });

    expect(succeeded).toBe(false);
    expect(ended.outcome).toBe('rolled-back');
  });

  it('is watched through its question to its outcome', async () => {
    await fairlead.start({ environment: 'staging', application, requestId: id('watched') });
    const phases: string[] = [];

    for await (const { phase, outcome } of fairlead.watch(id('watched'))) {
      const present = outcome ?? phase;
      if (present === 'awaiting-approval' && !phases.includes(present)) {
        await fairlead.promote(id('watched'), { requestId: id('yes') });
      }
      phases.push(present);
    }

    expect(phases).toContain('awaiting-approval');
    expect(phases.at(-1)).toBe('succeeded');
    expect(phases.filter((phase) => phase === 'succeeded')).toHaveLength(1);
  });

  it('that waits for its turn is watched from there', async () => {
    await fairlead.start({ environment: 'staging', application, requestId: id('before') });
    const queued = { environment: 'staging', application, onBusy: 'queue' } as const;
    const answer = await fairlead.start({ ...queued, type: 'rolling', requestId: id('after') });
    await harness.until(id('before'), ({ phase }) => phase === 'awaiting-approval', 'approval');
    await fairlead.promote(id('before'));
    let last: DeploymentRecord | undefined;

    for await (const seen of fairlead.watch(id('after'))) last = seen;

    expect(answer).toMatchObject({ status: 'queued', place: 1 });
    expect(last).toMatchObject({ deploymentId: id('after'), outcome: 'succeeded' });
  });

  it('is refused in one class of errors, with what to do', async () => {
    await fairlead.start({ environment: 'staging', application, requestId: id('first') });
    await harness.until(id('first'), ({ phase }) => phase === 'awaiting-approval', 'approval');

    const second = fairlead.deploy({ environment: 'staging', application });

    await expect(second).rejects.toMatchObject({
      ...{ name: 'FairleadError', type: 'busy', exitCode: 5 },
      mend: expect.stringContaining('onBusy'),
      details: { running: { deploymentId: id('first') } },
    });
    expect(await fairlead.abort(id('first'))).toMatchObject({ deploymentId: id('first') });
    await harness.result(id('first'));
  });

  it('that is unknown is refused by every verb', async () => {
    const asked = [fairlead.get('never'), fairlead.pause('never'), fairlead.abort('never')];

    for (const answer of await Promise.allSettled(asked)) {
      expect(answer).toMatchObject({
        reason: { name: 'FairleadError', type: 'unknown-deployment' },
      });
    }
    await expect(fairlead.watch('never')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      type: 'unknown-deployment',
    });
  });
});

describe('a message', () => {
  it('has a receipt for each destination, and says that a program sent it', async () => {
    const receipts = await fairlead.notifications.send('failure', record);

    expect(receipts.map(({ destination, state }) => [destination, state])).toEqual([
      ['mail', 'accepted'],
      ['pager', 'accepted'],
    ]);
    expect(deliveries.sent).toHaveLength(2);
    expect(deliveries.sent[0]).toMatchObject({
      event: { kind: 'deployment-failed', message: 'sent by a program of a-program' },
      facts: { deploymentId: 'told' },
    });
  });

  it('goes to the roles that are named alone', async () => {
    const receipts = await fairlead.notifications.send('status', record, { roles: ['pager'] });

    expect(receipts).toMatchObject([{ destination: 'pager', state: 'accepted' }]);
    expect(deliveries.sent.map(({ destination }) => destination)).toEqual(['pager']);
  });

  it('to a role that is not there goes to nobody, and can be corrected under its request ID', async () => {
    const requestId = id('misnamed');

    const sent = fairlead.notifications.send('failure', record, { roles: ['pagre'], requestId });

    await expect(sent).rejects.toMatchObject({
      ...{ name: 'FairleadError', type: 'invalid-request' },
      message: 'There is no role pagre; there are mail, pager. Did you mean pager?',
    });
    expect(deliveries.sent).toEqual([]);
    const roles = ['pager'];
    expect(await fairlead.notifications.send('failure', record, { roles, requestId })).toHaveLength(
      1,
    );
  });

  it('is sent once when its request is repeated', async () => {
    const requestId = id('once');
    const first = await fairlead.notifications.send('failure', record, { requestId });

    const second = await fairlead.notifications.send('failure', record, { requestId });

    expect(second).toEqual(first);
    expect(deliveries.sent).toHaveLength(2);
  });

  it('that a vendor does not take in time is pending, and goes on', async () => {
    deliveries.before = ({ destination }) =>
      destination === 'mail' ? Promise.reject(new Error('away')) : Promise.resolve();
    const requestId = id('late');

    const receipts = await fairlead.notifications.send('failure', record, { requestId });

    expect(receipts.map(({ state }) => state)).toEqual(['pending', 'accepted']);
    deliveries.before = () => Promise.resolve();
    const rest = harness.client.workflow.getHandle(`redelivery/announcement/${requestId}`);
    expect(await rest.result()).toMatchObject([{ destination: 'mail', state: 'accepted' }]);
  });

  it('for monitoring systems reaches no channel', async () => {
    expect(await fairlead.monitoring.sendDeploymentEvent('status', record)).toEqual([]);

    expect(deliveries.sent).toEqual([]);
  });
});
