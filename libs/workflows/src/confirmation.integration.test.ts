import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { confirmationWorkflowId, CONTROL_QUEUE, WORKFLOW_TYPES } from '@fairlead/contracts';
import type {
  ConfirmationActivities,
  ConfirmationInput,
  Delivery,
  DigestActivities,
  DigestEntry,
  OpenDelivery,
  Receipt,
} from '@fairlead/contracts';
import { startSkippingHarness } from '@fairlead/testing/workflows';
import type { SkippingHarness } from '@fairlead/testing/workflows';

let harness: SkippingHarness;
let answers: (Partial<Receipt> | Error | null)[];
let asked: number;
let toldInstead: DigestEntry[];
let number = 0;

const activities: ConfirmationActivities & DigestActivities = {
  confirmDelivery({ receipt }) {
    asked += 1;
    const answer = answers.shift() ?? null;
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(answer === null ? null : { ...receipt, ...answer });
  },
  addToDigest({ entries }) {
    toldInstead.push(...entries);
    return Promise.resolve();
  },
};

beforeAll(async () => {
  harness = await startSkippingHarness(activities);
});

beforeEach(() => {
  answers = [];
  asked = 0;
  toldInstead = [];
  number += 1;
});

afterAll(() => harness.stop());

function open(kind: string): OpenDelivery {
  const event = {
    id: `d-${number}/${kind}`,
    kind,
    type: 'failure',
    at: '2026-01-02T03:04:05.000Z',
  };
  const delivery = { key: `${event.id}/sms`, destination: 'sms', event, facts: {} };
  return {
    road: 'paced',
    saysLater: true,
    delivery: delivery as unknown as Delivery,
    fallback: [{ destination: 'slack', road: 'paced', kinds: ['deployment-failed'] }],
  };
}

/** Until it has ended: what the workflow says, and how long it took in its own time. */
async function confirm(told: readonly OpenDelivery[], key = told[0]!.delivery.key) {
  const receipt: Receipt = {
    ...{ destination: 'sms', key, state: 'accepted', attempts: 1 },
    ...{ at: '2026-01-02T03:04:05.000Z', detail: 'SM1' },
  };
  const handle = await harness.client.workflow.start<
    (input: ConfirmationInput) => Promise<readonly Receipt[]>
  >(WORKFLOW_TYPES.confirmation, {
    workflowId: confirmationWorkflowId(key),
    taskQueue: CONTROL_QUEUE,
    args: [{ receipt, message: told[0]!, keys: told.map(({ delivery }) => delivery.key) }],
  });
  const receipts = await handle.result();
  const { startTime, closeTime } = await handle.describe();
  return { receipts, seconds: (closeTime!.getTime() - startTime.getTime()) / 1_000 };
}

describe('what became of an accepted message', () => {
  it('is asked until it is said, and the receipt is the vendor’s word then', async () => {
    answers = [null, null, { state: 'delivered' }];

    const { receipts, seconds } = await confirm([open('deployment-failed')]);

    expect(receipts).toMatchObject([{ state: 'delivered', detail: 'SM1' }]);
    expect(asked).toBe(3);
    expect(seconds).toBeGreaterThanOrEqual(300);
    expect(toldInstead).toEqual([]);
  });

  it('is left open where nobody says it within 75 minutes', async () => {
    const { receipts, seconds } = await confirm([open('deployment-failed')]);

    expect(receipts).toEqual([]);
    expect(asked).toBe(5);
    expect(seconds).toBeGreaterThanOrEqual(75 * 60);
  });

  it('is that the fallback is told where it was lost, and the receipt names it', async () => {
    answers = [{ state: 'dead', detail: 'undelivered' }];

    const { receipts } = await confirm([open('deployment-failed')]);

    expect(receipts).toMatchObject([
      { destination: 'sms', state: 'dead', detail: 'undelivered; told in its place: slack' },
      { destination: 'slack', state: 'pending', key: `d-${number}/deployment-failed/slack` },
    ]);
    expect(toldInstead.map((entry) => entry.open.delivery.insteadOf)).toEqual(['sms']);
  });

  it('is one receipt for each delivery that the message told', async () => {
    answers = [{ state: 'delivered' }];
    const message = `digest/d-${number}`;

    const { receipts } = await confirm(
      [open('canary-started'), open('deployment-failed')],
      message,
    );

    expect(receipts).toMatchObject([
      { key: `d-${number}/canary-started/sms`, state: 'delivered', detail: `in ${message}: SM1` },
      { key: `d-${number}/deployment-failed/sms`, state: 'delivered' },
    ]);
  });

  it('is asked at the next time where it could not be asked', async () => {
    answers = [ApplicationFailure.nonRetryable('a defect', 'defect'), { state: 'delivered' }];

    expect((await confirm([open('deployment-failed')])).receipts).toMatchObject([
      { state: 'delivered' },
    ]);
    expect(asked).toBe(2);
  });
});
