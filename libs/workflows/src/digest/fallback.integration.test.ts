import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import { digestWorkflowId, redeliveryWorkflowId } from '@fairlead/contracts';
import type { Delivery, DigestActivities, DigestEntry, Receipt } from '@fairlead/contracts';
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
const DEADLINE_MS = 60_000;

type DigestRequest = Parameters<DigestActivities['addToDigest']>[0];

let deliveries: RecordingDeliveries;
let harness: WorkflowHarness;
let number = 0;
/** What a digest is to take, kept until it is let go together; undefined: nothing is kept. */
let kept: Kept[] | undefined;

interface Kept {
  readonly destination: string;
  readonly entry: DigestEntry;
  /** For so long it was to wait for others. */
  readonly waitMs: number;
}

/** As the worker's own, but for what is kept. */
async function addToDigest(request: DigestRequest): Promise<void> {
  if (kept === undefined) {
    await harness.digests.addToDigest(request);
    return;
  }
  const { destination, entries } = request;
  const askedAtMs = Context.current().info.scheduledTimestampMs;
  kept.push(
    ...entries.map((entry) => ({
      ...{ destination, entry },
      waitMs: Date.parse(entry.dueAt) - askedAtMs,
    })),
  );
}

/** Each with the time to wait that it had, and in a signal of its own: as on a machine that is quick. */
async function letGo(count: number): Promise<void> {
  const all = kept ?? [];
  await waitFor(() => all.length === count, {
    deadlineMs: DEADLINE_MS,
    what: () => `${count} entries of a digest, of which ${all.length} came`,
  });
  kept = undefined;
  for (const { destination, entry, waitMs } of all) {
    const dueAt = new Date(Date.now() + waitMs).toISOString();
    await harness.digests.addToDigest({ destination, entries: [{ ...entry, dueAt }] });
  }
}

beforeAll(async () => {
  deliveries = createRecordingDeliveries(
    {
      mail: 'keyed',
      pager: { road: 'keyed', oneByOne: true },
      spare: 'keyed',
    },
    'spare',
  );
  harness = await startWorkflowHarness({
    ...createScriptedCluster(),
    ...deliveries,
    addToDigest,
    lookupRecord: () => Promise.resolve(undefined),
  });
});

afterAll(() => harness.stop());

beforeEach(() => {
  number += 1;
  deliveries.sent.length = 0;
  deliveries.before = () => Promise.resolve();
});

async function deploy(id = `d-${number}`): Promise<void> {
  await harness.request(requestOf(id, { application: `app-${id}` }));
  await harness.result(id);
}

function sentTo(destination: string): Delivery[] {
  return deliveries.sent.filter((delivery) => delivery.destination === destination);
}

/** Messages, with each digest counted as the events that it tells of. */
function toldTo(destination: string): number {
  return sentTo(destination).reduce((sum, { digest }) => sum + (digest?.count ?? 1), 0);
}

/** Of what a busy machine had open when the deployment closed, `redelivery` has them. */
async function receiptsOf(destination: string, id = `d-${number}`): Promise<Receipt[]> {
  const { deliveries: receipts } = await harness.record(id);
  const redelivery = harness.client.workflow.getHandle(redeliveryWorkflowId(id));
  const later = await redelivery.query(receiptsQuery).catch(() => []);
  const byKey = new Map([...receipts, ...later].map((receipt) => [receipt.key, receipt]));
  return [...byKey.values()].filter((receipt) => receipt.destination === destination);
}

function untilTold(destination: string, count: number): Promise<unknown> {
  return waitFor(() => toldTo(destination) >= count, {
    deadlineMs: DEADLINE_MS,
    what: () => `${count} events to ${destination}, of which ${toldTo(destination)} were told`,
  });
}

describe('the fallback', () => {
  it('"A webhook that is gone for good gives dead letters, the fallback channel, and one notice, not a thousand"', async () => {
    deliveries.before = ({ destination }) =>
      destination === 'mail'
        ? Promise.reject(ApplicationFailure.nonRetryable('gone for good', 'vendor-rejected'))
        : Promise.resolve();
    kept = [];

    await deploy();
    await letGo(KINDS.length);
    await untilTold('spare', KINDS.length);

    expect(sentTo('spare')).toHaveLength(1);
    await waitFor(async () => (await receiptsOf('mail')).every(({ state }) => state === 'dead'), {
      deadlineMs: DEADLINE_MS,
      what: 'dead letters',
    });
    expect(await receiptsOf('mail')).toHaveLength(KINDS.length);
    expect(await receiptsOf('spare')).toMatchObject(
      KINDS.map(() => ({ state: 'pending', detail: expect.stringMatching(/in place of mail/) })),
    );
  });

  it('"a digest of one is that message itself"', async () => {
    deliveries.before = ({ destination, event }) =>
      destination === 'mail' && event.kind === 'deployment-completed'
        ? Promise.reject(ApplicationFailure.nonRetryable('too long', 'vendor-rejected'))
        : Promise.resolve();

    await deploy();
    await untilTold('spare', 1);

    expect(sentTo('spare')).toMatchObject([
      { key: `d-${number}/deployment-completed/spare`, event: { kind: 'deployment-completed' } },
    ]);
    expect(sentTo('spare')[0]).not.toHaveProperty('digest');
  });
});

describe('a fallback that two dead destinations share', () => {
  it('is told of an event once, however much later the second dies; all receipts say so', async () => {
    let givenUp = false;
    deliveries.before = ({ destination, event }) => {
      if (event.kind !== 'deployment-completed') return Promise.resolve();
      if (destination === 'mail') return Promise.reject(rejected());
      if (destination !== 'pager') return Promise.resolve();
      return Promise.reject(givenUp ? rejected() : away());
    };

    await deploy();
    await untilTold('spare', 1);
    const [told] = await untilToldInPlaceOf('mail');
    await untilDigestRests();
    givenUp = true;
    const redelivered = harness.client.workflow.getHandle(redeliveryWorkflowId(`d-${number}`));
    const [pager] = (await redelivered.result()) as Receipt[];
    await untilToldInPlaceOf('mail and pager');

    const [mail] = (await receiptsOf('mail')).filter(({ state }) => state === 'dead');
    expect(told).toMatchObject({ state: 'accepted', detail: 'in place of mail' });
    expect(sentTo('spare')).toMatchObject([{ insteadOf: 'mail' }]);
    for (const dead of [mail, pager]) {
      expect(dead).toMatchObject({
        state: 'dead',
        detail: 'vendor-rejected: gone for good; told in its place: spare',
      });
    }
  });

  it('is told once in place of both that die together', async () => {
    deliveries.before = ({ destination, event }) =>
      ['mail', 'pager'].includes(destination) && event.kind === 'deployment-completed'
        ? Promise.reject(rejected())
        : Promise.resolve();

    await deploy();
    await untilTold('spare', 1);

    expect(sentTo('spare')).toHaveLength(1);
    expect(sentTo('spare')[0]?.insteadOf?.split(' and ').sort()).toEqual(['mail', 'pager']);
  });

  function rejected(): ApplicationFailure {
    return ApplicationFailure.nonRetryable('gone for good', 'vendor-rejected');
  }

  function away(): ApplicationFailure {
    const nextRetryDelay = 200;
    return ApplicationFailure.create({
      message: 'away',
      type: 'vendor-unreachable',
      nextRetryDelay,
    });
  }

  function untilToldInPlaceOf(names: string): Promise<Receipt[]> {
    const key = `d-${number}/deployment-completed/spare`;
    const digest = harness.client.workflow.getHandle(digestWorkflowId('spare'));
    return waitFor(
      async () => {
        const receipts = await digest.query(receiptsQuery);
        const found = receipts.filter((one) => one.key === key);
        return found.some(({ detail }) => detail?.endsWith(names) === true) ? found : undefined;
      },
      { deadlineMs: DEADLINE_MS, what: `the receipt of ${key} to say: in place of ${names}` },
    );
  }

  /** Until it has nothing more to do: it is ended, or waits for hours. */
  function untilDigestRests(): Promise<unknown> {
    const digest = harness.client.workflow.getHandle(digestWorkflowId('spare'));
    return waitFor(
      async () => {
        if ((await digest.describe()).status.name !== 'RUNNING') return true;
        const { events } = await digest.fetchHistory();
        const timers = (events ?? []).flatMap((event) => event.timerStartedEventAttributes ?? []);
        return Number(timers.at(-1)?.startToFireTimeout?.seconds) > 3_600;
      },
      { deadlineMs: DEADLINE_MS, what: 'the digest to have nothing to do' },
    );
  }
});
