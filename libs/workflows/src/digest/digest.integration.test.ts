import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import {
  confirmationWorkflowId,
  digestWorkflowId,
  lonelyDeliveryWorkflowId,
} from '@fairlead/contracts';
import type { Delivery, DigestEntry, Receipt } from '@fairlead/contracts';
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

let deliveries: RecordingDeliveries;
let harness: WorkflowHarness;
let number = 0;

beforeAll(async () => {
  deliveries = createRecordingDeliveries({
    mail: { road: 'keyed', saysLater: true },
    pager: { road: 'keyed', oneByOne: true },
    chat: { road: 'paced', digestAfterMs: 1_000 },
    sms: { road: 'paced', atMostOnce: true },
  });
  harness = await startWorkflowHarness(
    {
      ...createScriptedCluster(),
      ...deliveries,
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['chat', 'sms'], rates: { chat: 2 } },
  );
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

async function receiptsOf(destination: string, id = `d-${number}`): Promise<Receipt[]> {
  const { deliveries: receipts } = await harness.record(id);
  return receipts.filter((receipt) => receipt.destination === destination);
}

function untilTold(destination: string, count: number): Promise<unknown> {
  return waitFor(() => toldTo(destination) >= count, {
    deadlineMs: DEADLINE_MS,
    what: () => `${count} events to ${destination}, of which ${toldTo(destination)} were told`,
  });
}

/** Receipts of the destination's digest, once it knows of so many how they ended: that comes after the sending. */
function untilSettled(destination: string, count: number): Promise<readonly Receipt[]> {
  const receipts = () =>
    harness.client.workflow.getHandle(digestWorkflowId(destination)).query(receiptsQuery);
  return waitFor(
    async () => {
      const settled = await receipts();
      return settled.length >= count ? settled : undefined;
    },
    { deadlineMs: DEADLINE_MS, what: `${count} receipts of the digest of ${destination}` },
  );
}

/** Messages to chat of what came after something that was told later. */
function toldTooEarly(): string[] {
  const sent = sentTo('chat');
  return sent.flatMap(({ key, event, facts, digest }, index) => {
    if (digest !== undefined) return [];
    const later = sent.slice(index).flatMap((one) => one.digest?.first ?? []);
    const isEarly = later.some(
      ({ deploymentId, kind }) =>
        deploymentId === facts.deploymentId && KINDS.indexOf(kind) < KINDS.indexOf(event.kind),
    );
    return isEarly ? [key] : [];
  });
}

describe('when there is too much', () => {
  it('"What was not started within `digest_after`" "goes into the destination\'s digest", "Receipts point to it", none is lost', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `many-${index}`);

    await Promise.all(ids.map((id) => deploy(id)));
    await untilTold('chat', ids.length * KINDS.length);

    const digests = sentTo('chat').filter(({ digest }) => digest !== undefined);
    // One that was under way when its run ended may be told again.
    expect(toldTo('chat')).toBeGreaterThanOrEqual(ids.length * KINDS.length);
    expect(digests.length).toBeGreaterThan(0);
    expect(digests[0]?.digest?.first.length).toBeLessThanOrEqual(10);
    const receipts = (await Promise.all(ids.map((id) => receiptsOf('chat', id)))).flat();
    expect(toldTooEarly()).toEqual([]);
    const inDigest = receipts.filter(({ detail }) => detail?.includes('digest/chat'));
    expect(receipts).toHaveLength(ids.length * KINDS.length);
    expect(inDigest.map(({ state }) => state)).toEqual(inDigest.map(() => 'pending'));
  });
});

describe('what is held', () => {
  it('"`hold` sends one digest at the end", "Receipts point to it"', async () => {
    let heldUntil: string | undefined;
    deliveries.before = ({ destination, digest }) => {
      if (destination !== 'mail' || digest !== undefined) return Promise.resolve(undefined);
      // The whole run must come to its end before.
      heldUntil ??= new Date(Date.now() + 10_000).toISOString();
      return Promise.resolve({ state: 'pending', heldUntil });
    };

    await deploy();
    const held = await receiptsOf('mail');
    await untilTold('mail', KINDS.length);

    expect(held).toMatchObject(KINDS.map(() => ({ state: 'pending', heldUntil })));
    expect(sentTo('mail')).toHaveLength(1);
    expect(sentTo('mail')[0]?.digest).toMatchObject({ count: KINDS.length });
    const told = await untilSettled('mail', KINDS.length);
    expect(told.map(({ key, state }) => ({ key, state }))).toEqual(
      held.map(({ key }) => ({ key, state: 'accepted' })),
    );
    const message = sentTo('mail')[0]?.key ?? '';
    expect(told[0]?.detail).toBe(`in ${message}`);
    const asking = confirmationWorkflowId(message);
    expect(told.map(({ confirmedBy }) => confirmedBy)).toEqual(told.map(() => asking));
    const { status } = await harness.client.workflow.getHandle(asking).describe();
    expect(status.name).toBe('RUNNING');
  });

  it('goes one by one and in order where each message is about something of its own', async () => {
    let held = true;
    const kept = new Set<string>();
    deliveries.before = ({ destination, key }) => {
      if (destination !== 'pager' || !held) return Promise.resolve(undefined);
      kept.add(key);
      const heldUntil = new Date(Date.now() + 2_000).toISOString();
      return Promise.resolve({ state: 'pending', heldUntil });
    };

    await deploy();
    await waitFor(() => kept.size === KINDS.length, {
      deadlineMs: DEADLINE_MS,
      what: 'all of it to be held',
    });
    held = false;
    await untilTold('pager', KINDS.length);

    expect(deliveries.kindsTo('pager')).toEqual(KINDS);
  });
});

describe('what is never repeated', () => {
  it('goes a way of its own, which the end of the run does not cut off', async () => {
    const { promise: hanging, resolve: release } = Promise.withResolvers<undefined>();
    deliveries.before = ({ destination }) =>
      destination === 'sms' ? hanging : Promise.resolve(undefined);

    await deploy();
    const open = await receiptsOf('sms');
    release(undefined);
    await untilTold('sms', KINDS.length);

    expect(open.map(({ state }) => state)).toEqual(KINDS.map(() => 'pending'));
    expect(sentTo('sms').map(({ key }) => key)).toEqual(open.map(({ key }) => key));
    const lonely = lonelyDeliveryWorkflowId(open[0]!.key);
    expect(await harness.client.workflow.getHandle(lonely).result()).toMatchObject(
      open.map(({ key }) => ({ key, state: 'accepted' })),
    );
  });

  it('"`unknown` (an unkeyed call that broke after it was sent)": its worker is lost in the middle, and it is sent no second time', async () => {
    deliveries.before = ({ destination, event, key }) => {
      if (destination !== 'sms' || event.kind !== 'deployment-started') return Promise.resolve();
      tried.push(key);
      return new Promise(() => undefined);
    };
    const tried: string[] = [];

    await deploy();
    const lonely = harness.client.workflow.getHandle(lonelyDeliveryWorkflowId(tried[0]!));

    const [first, ...rest] = (await lonely.result()) as Receipt[];
    expect(first).toMatchObject({
      state: 'unknown',
      detail: expect.stringMatching(/not sent again/),
    });
    expect(rest.map(({ state }) => state)).toEqual(KINDS.slice(1).map(() => 'accepted'));
    expect(tried).toHaveLength(1);
  });
});

describe('a digest of more than fits into one payload', () => {
  it('is one message, and who asks what became of it knows the keys alone', async () => {
    await deploy();
    const [delivery] = sentTo('mail');
    if (delivery === undefined) throw new Error('nothing was sent');
    const reason = 'x'.repeat(10_000);
    // All of them must have come to it before.
    const dueAt = new Date(Date.now() + 10_000).toISOString();
    const entries = Array.from({ length: 300 }, (_, index): DigestEntry => {
      const key = `many-${number}/${index}/mail`;
      const facts = { ...delivery.facts, reason };
      return {
        dueAt,
        open: { road: 'keyed', saysLater: true, delivery: { ...delivery, key, facts } },
      };
    });
    for (let from = 0; from < entries.length; from += 50) {
      await harness.digests.addToDigest({
        destination: 'mail',
        entries: entries.slice(from, from + 50),
      });
    }

    await untilTold('mail', KINDS.length + entries.length);

    const [message] = sentTo('mail').filter(({ digest }) => digest?.count === entries.length);
    const asking = harness.client.workflow.getHandle(confirmationWorkflowId(message?.key ?? ''));
    const isRunning = async () => (await asking.describe()).status.name === 'RUNNING';
    await waitFor(() => isRunning().catch(notYet), {
      deadlineMs: DEADLINE_MS,
      what: 'the confirmation',
    });
  });
});

/** The digest starts it a moment after the message went. */
function notYet(error: unknown): false {
  if (error instanceof WorkflowNotFoundError) return false;
  throw error;
}
