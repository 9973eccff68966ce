import { CONTROL_QUEUE, deliveryQueue } from '@fairlead/contracts';
import type { OpenDelivery, Receipt, RedeliveryInput } from '@fairlead/contracts';
import { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { isNoWorker } from '@fairlead/client/internal/connection/failures';
import { troubleWords } from '../render/trouble.ts';
import {
  startTest,
  testEnd,
  testReceipts,
  testTroubles,
} from '@fairlead/client/internal/receipts/notify-test';
import type { Session } from '@fairlead/client/internal/connection/session';
import type { Trouble } from '@fairlead/client/internal/connection/trouble';
import { unservedQueues } from '@fairlead/client/internal/connection/unserved-queues';

/**
 * Most tests end within the first. A vendor answers within 10 s: then it is looked who is there. After a throttled or
 * broken try there is time for more.
 */
const WAITS_MS = [5_000, 5_000, 50_000] as const;

/** As any delivery, by the workflow that sends it (architecture.md, `redelivery`). */
const GOES_ON = 'for 24 h from its start';

export interface TestEnd {
  /** One for each message, in their order: what has not ended in time is pending. */
  readonly receipts: readonly Receipt[];
  /** Why what is pending is tried again. */
  readonly troubles: readonly Trouble[];
}

interface Waiting {
  /** Tells a person what is waited for. */
  readonly note: (text: string) => void;
  /** In silence, then until it is looked who is there, then for the rest. */
  readonly waitsMs?: readonly [number, number, number];
}

/**
 * Sends the test messages, and waits for their receipts.
 * @throws FairleadError where no worker is there
 */
export async function awaitTest(
  session: Session,
  input: RedeliveryInput,
  waiting: Waiting,
): Promise<TestEnd> {
  await startTest(session, input);
  const ended = await endOf(session, input, waiting);
  // What its queue did not start in time waits on in a digest.
  const isOver = ended?.every(({ state }) => state !== 'pending') === true;
  const receipts = isOver ? ended : await receiptsNow(session, input, ended);
  const byKey = new Map(receipts.map((receipt) => [receipt.key, receipt]));
  return {
    receipts: input.open.flatMap(({ delivery }) => byKey.get(delivery.key) ?? []),
    troubles: isOver ? [] : await testTroubles(session, input.deploymentId),
  };
}

async function endOf(
  session: Session,
  input: RedeliveryInput,
  { note, waitsMs = WAITS_MS }: Waiting,
): Promise<readonly Receipt[] | undefined> {
  const { deploymentId, open } = input;
  const [quietMs, lookMs, restMs] = waitsMs;
  const soon = await testEnd(session, deploymentId, quietMs);
  if (soon !== undefined) return soon;
  const names = new Set(open.map(({ delivery }) => delivery.destination));
  const upTo = `up to ${(lookMs + restMs) / 1000} s more`;
  note(`Waiting ${upTo} for the receipts of ${[...names].join(', ')}.`);
  const later = await testEnd(session, deploymentId, lookMs);
  if (later !== undefined) return later;
  for (const line of stillOpen(await receiptsNow(session, input))) note(line);
  for (const trouble of await testTroubles(session, deploymentId)) {
    note(`! ${troubleWords(trouble)}`);
  }
  return testEnd(session, deploymentId, restMs);
}

function stillOpen(receipts: readonly Receipt[]): ReadonlySet<string> {
  const pending = receipts.filter(({ state }) => state === 'pending');
  return new Set(
    pending.map(({ destination, detail = '' }) => `Still waiting for ${destination}: ${detail}.`),
  );
}

async function receiptsNow(
  session: Session,
  { deploymentId, open }: RedeliveryInput,
  result?: readonly Receipt[],
): Promise<readonly Receipt[]> {
  const known = result ?? (await testReceipts(session, deploymentId).catch(throwNoWorker));
  const unserved = await unservedQueues(session, [...new Set(open.map(queueOf))]);
  return open.map((one) => {
    const { key, destination, event } = one.delivery;
    const told = known.find((receipt) => receipt.key === key);
    if (told !== undefined && told.state !== 'pending') return told;
    const pending = { key, destination, state: 'pending', attempts: 0, at: event.at } as const;
    if (!unserved.includes(queueOf(one))) {
      return told ?? { ...pending, detail: `not ended yet: it is tried ${GOES_ON}` };
    }
    const detail = `no worker serves its queue ${queueOf(one)}; restart the workers, with a configuration that has it: it waits ${GOES_ON}`;
    return { ...pending, ...told, detail };
  });
}

function queueOf({ road, queue, delivery }: OpenDelivery): string {
  return road === 'paced' ? deliveryQueue(queue ?? delivery.destination) : CONTROL_QUEUE;
}

function throwNoWorker(error: unknown): never {
  if (!isNoWorker(error)) throw error;
  const { type, exitCode, message, details, cause } = error;
  const lost = `Nobody serves the queue ${CONTROL_QUEUE}: the test waits there, and is sent once a worker is up.`;
  throw new FairleadError(type, exitCode, `${message}\n${lost}`, { details, cause });
}
