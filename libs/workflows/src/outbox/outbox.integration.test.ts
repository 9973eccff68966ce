import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { Receipt } from '@fairlead/contracts';
import {
  confirmationWorkflowId,
  deploymentWorkflowId,
  redeliveryWorkflowId,
} from '@fairlead/contracts';
import { receiptsQuery } from '@fairlead/contracts/messages';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { RecordingDeliveries, WorkflowHarness } from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';

const KINDS = [
  'deployment-started',
  'canary-started',
  'canary-completed',
  'canary-promoted',
  'deployment-completed',
];

let deliveries: RecordingDeliveries;
let harness: WorkflowHarness;
let number = 0;

beforeAll(async () => {
  deliveries = createRecordingDeliveries({
    mail: { road: 'keyed', saysLater: true },
    push: 'keyed',
    chat: 'paced',
  });
  harness = await startWorkflowHarness(
    {
      ...createScriptedCluster(),
      ...deliveries,
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['chat'] },
  );
});

afterAll(() => harness.stop());

beforeEach(() => {
  number += 1;
  deliveries.sent.length = 0;
  deliveries.before = () => Promise.resolve();
});

async function deploy(): Promise<void> {
  await harness.request(requestOf(`d-${number}`, { application: `app-${number}` }));
  await harness.result(`d-${number}`);
}

async function receiptsOf(destination: string): Promise<Receipt[]> {
  const { deliveries: receipts } = await harness.record(`d-${number}`);
  return receipts.filter((receipt) => receipt.destination === destination);
}

function redelivery() {
  return harness.client.workflow.getHandle(redeliveryWorkflowId(`d-${number}`));
}

describe('outbox', () => {
  it('"Every event has a receipt for each destination that its route named": sent once, in order, under its key', async () => {
    await deploy();

    for (const destination of ['mail', 'push', 'chat']) {
      expect(deliveries.kindsTo(destination)).toEqual(KINDS);
      const receipts = await receiptsOf(destination);
      expect(receipts.map(({ key }) => key)).toEqual(
        KINDS.map((kind) => `d-${number}/${kind}/${destination}`),
      );
      expect(receipts.map(({ state }) => state)).toEqual(KINDS.map(() => 'accepted'));
    }
  });

  it('tries what failed again, alone and in order, without a second copy to the others', async () => {
    let failures = 2;
    deliveries.before = ({ destination }) => {
      if (destination !== 'push' || failures === 0) return Promise.resolve();
      failures -= 1;
      return Promise.reject(
        ApplicationFailure.create({
          message: 'busy',
          type: 'vendor-unreachable',
          nextRetryDelay: 50,
        }),
      );
    };

    await deploy();
    await waitFor(() => deliveries.kindsTo('push').length === 5, {
      deadlineMs: 60_000,
      what: 'the messages of the slow destination',
    });

    expect(deliveries.kindsTo('push')).toEqual(KINDS);
    expect(deliveries.kindsTo('mail')).toEqual(KINDS);
  });

  it('"whatever became of it": does not wait for a destination that hangs, and hands over what is open', async () => {
    let hang = true;
    deliveries.before = ({ destination }) =>
      destination === 'chat' && hang ? new Promise(() => undefined) : Promise.resolve();

    await deploy();
    const record = await harness.record(`d-${number}`);
    const open = await receiptsOf('chat');

    expect(record.outcome).toBe('succeeded');
    expect(deliveries.kindsTo('mail')).toEqual(KINDS);
    expect(open.map(({ state }) => state)).toEqual(Array(5).fill('pending'));
    expect((await redelivery().describe()).status.name).toBe('RUNNING');

    hang = false;
    // The attempts that hang end by their timeout; then each is sent, oldest first.
    await waitFor(() => deliveries.kindsTo('chat').length === 5, {
      deadlineMs: 60_000,
      what: 'the redelivery',
    });
    expect(deliveries.kindsTo('chat')).toEqual(KINDS);
    expect(await redelivery().result()).toHaveLength(5);
  });

  describe('of what was on its way when the deployment closed', () => {
    let answered: PromiseWithResolvers<undefined>;

    beforeEach(() => {
      let isOnItsWay = true;
      answered = Promise.withResolvers<undefined>();
      deliveries.before = ({ destination, event }) => {
        if (destination !== 'chat' || event.kind !== 'deployment-completed' || !isOnItsWay) {
          return Promise.resolve();
        }
        isOnItsWay = false;
        return answered.promise;
      };
    });

    it('sends nothing a second time', async () => {
      const deployed = deploy();
      await untilCut();
      answered.resolve(undefined);
      await deployed;

      expect((await receiptsOf('chat')).map(({ state }) => state)).toEqual(
        KINDS.map(() => 'accepted'),
      );
      expect(deliveries.kindsTo('chat')).toEqual(KINDS);
      await expect(redelivery().describe()).rejects.toThrow(/not found/i);
    });

    it('hands over what its vendor did not take', async () => {
      const deployed = deploy();
      await untilCut();
      answered.reject(ApplicationFailure.create({ message: 'busy', type: 'vendor-unreachable' }));
      await deployed;

      expect((await receiptsOf('chat')).map(({ state }) => state)).toEqual([
        ...['accepted', 'accepted', 'accepted', 'accepted'],
        'pending',
      ]);
      expect(await redelivery().result()).toMatchObject([{ state: 'accepted' }]);
      expect(deliveries.kindsTo('chat')).toEqual(KINDS);
    });
  });

  /** Its last wait is over: what is not sent by now is cut off. */
  async function untilCut(): Promise<void> {
    const handle = harness.client.workflow.getHandle(deploymentWorkflowId(`d-${number}`));
    await waitFor(
      async () => {
        const { events } = await handle.fetchHistory().catch(() => ({ events: [] }));
        const cut = (events ?? []).flatMap(
          ({ activityTaskCancelRequestedEventAttributes: asked }) => asked?.scheduledEventId ?? [],
        );
        return events?.some(
          ({ eventId, activityTaskScheduledEventAttributes: scheduled }) =>
            scheduled?.activityType?.name === 'deliverOne' &&
            cut.some((id) => String(id) === String(eventId)),
        );
      },
      { deadlineMs: 60_000, what: 'the deployment to close' },
    );
  }

  it('"whatever became of it": ends as a dead letter what can never be delivered, and goes on with the next', async () => {
    deliveries.before = ({ destination, event }) =>
      destination === 'chat' && event.kind === 'canary-started'
        ? Promise.reject(ApplicationFailure.nonRetryable('no such channel', 'vendor-rejected'))
        : Promise.resolve();

    await deploy();

    const receipts = await receiptsOf('chat');
    expect(receipts.map(({ state }) => state)).toEqual([
      'accepted',
      'dead',
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect(receipts[1]?.detail).toBe('vendor-rejected: no such channel');
  });

  it('leaves behind who asks what became of that of which the other side says it later', async () => {
    await deploy();

    const receipts = await receiptsOf('mail');
    expect(receipts.map(({ confirmedBy }) => confirmedBy)).toEqual(
      receipts.map(({ key }) => confirmationWorkflowId(key)),
    );
    const [first] = receipts;
    const asking = harness.client.workflow.getHandle(first?.confirmedBy ?? '');
    expect((await asking.describe()).status.name).toBe('RUNNING');
    expect((await receiptsOf('push')).map(({ confirmedBy }) => confirmedBy)).toEqual(
      KINDS.map(() => undefined),
    );
  });

  it('"The target\'s ledger knows" which deployment has run well since, for what is told late', async () => {
    const environment = 'staging';
    const application = `app-${number}`;
    const before = new Date(Date.now() - 1_000).toISOString();
    expect(await later(before)).toBeUndefined();

    await deploy();
    await waitFor(async () => (await later(before)) === `d-${number}`, {
      deadlineMs: 60_000,
      what: 'the ledger to have it',
    });

    expect(await later(new Date(Date.now() + 60_000).toISOString())).toBeUndefined();

    function later(at: string) {
      return harness.targets.laterSuccess({ environment, application, at });
    }
  });

  it('shows the receipts of a redelivery while it goes on', async () => {
    deliveries.before = ({ destination, event }) =>
      destination === 'push' && event.kind === 'deployment-completed'
        ? Promise.reject(ApplicationFailure.create({ message: 'down', type: 'vendor-unreachable' }))
        : Promise.resolve();

    await deploy();
    const receipts = await redelivery().query(receiptsQuery);

    expect(receipts).toEqual([]);
    await redelivery().terminate('test');
  });
});
