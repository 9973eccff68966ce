import {
  condition,
  continueAsNew,
  patched,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { DigestEntry, DigestInput, OpenDelivery, Receipt } from '@fairlead/contracts';
import { addToDigestSignal, receiptsQuery } from '@fairlead/contracts/messages';
import { summarise } from '@fairlead/domain';
import { REDELIVERY_LIMIT_MS } from '../activity-options.ts';
import { upgradeByItself } from '../auto-upgrade.ts';
import { askLater, isConfirmedLater } from '../outbox/ask-later.ts';
import { pointingTo } from '../outbox/pointing-to.ts';
import { bytesOf } from '../outbox/bytes-of.ts';
import { sendOne } from '../outbox/send-one.ts';
import { tellFallback, withStandIn } from '../outbox/to-digest.ts';
import { StandIns } from './stand-ins.ts';

/** Before everything else that waits in the queue: it stands for many. */
const FIRST = { priorityKey: 1 };
/** What is due so soon after the first comes along: one message, not two. */
const ALONG_MS = 60_000;
/** From one message to the next. */
const REST_MS = 15_000;
/** The last of those that share a fallback is given up a day after its deployment; an hour more for what waits. */
const REMEMBER_MS = REDELIVERY_LIMIT_MS + 60 * 60_000;
/** More might not fit into the input of the next run, which may have 2 MB: what is not ASCII takes up to three times as much. */
const CARRIED_BYTES = 500_000;

upgradeByItself(digest);

/**
 * Takes what its destination's queue could not start in time, what quiet hours hold, and what comes in place of a
 * dead destination; sends one message for all that is due. A digest of one is that message itself. What it told in
 * place of a destination it remembers: of another with the same fallback, which dies later, it tells nothing again.
 */
export async function digest(input: DigestInput): Promise<{ readonly told: number }> {
  const waiting = new Map<string, DigestEntry>();
  const receipts = new Map<string, Receipt>();
  const standIns = new StandIns();

  function take(entries: readonly DigestEntry[]): void {
    for (const entry of entries) {
      const { delivery } = entry.open;
      standIns.add(delivery);
      if (!receipts.has(delivery.key)) waiting.set(delivery.key, entry);
    }
  }

  function settle(message: string, entries: readonly DigestEntry[], receipt: Receipt): void {
    for (const { open } of entries) {
      const { key } = open.delivery;
      waiting.delete(key);
      receipts.set(key, pointingTo(message, withStandIn(open, { ...receipt, key })));
    }
  }

  function hold(entries: readonly DigestEntry[], dueAt: string): void {
    for (const { open } of entries) waiting.set(open.delivery.key, { open, dueAt });
  }

  take(input.waiting);
  setHandler(addToDigestSignal, take, { description: 'Tells of these too, when they are due' });
  setHandler(receiptsQuery, () => [...receipts.values()].map((one) => standIns.told(one)), {
    description: 'Receipts of what this run has told of',
  });

  /** Stays for what may come a second time, unless its history is long. */
  async function moreComes(): Promise<boolean> {
    if (standIns.none || workflowInfo().continueAsNewSuggested) return false;
    // A run from before it remembered has ended here.
    return patched('digest-remembers') && (await condition(() => waiting.size > 0, REMEMBER_MS));
  }

  // The signal that started it.
  await condition(() => waiting.size > 0);
  do {
    let heldUntil: string | undefined;
    for (const { open, entries } of messagesOf(await nextDue(waiting))) {
      if (heldUntil === undefined) {
        const keys = entries.map((entry) => entry.open.delivery.key);
        const delivery = standIns.named(open.delivery, keys);
        const receipt = await tell({ ...open, delivery }, entries);
        heldUntil = receipt.heldUntil;
        if (heldUntil === undefined) settle(delivery.key, entries, receipt);
        if (receipt.state === 'dead') {
          const told = await tellFallback(entries.map((entry) => entry.open));
          for (const one of told) receipts.set(one.key, one);
        }
      }
      // What comes after one that is held waits behind it.
      if (heldUntil !== undefined) hold(entries, heldUntil);
    }
    if (workflowInfo().continueAsNewSuggested && bytesOf([...waiting.values()]) <= CARRIED_BYTES) {
      await continueAsNew<typeof digest>({
        waiting: [...waiting.values()].map(({ open, dueAt }) => ({
          open: { ...open, delivery: standIns.named(open.delivery) },
          dueAt,
        })),
      });
    }
    // What comes meanwhile is told together, and known if it comes a second time.
    await sleep(REST_MS);
  } while (waiting.size > 0 || (await moreComes()));
  return { told: receipts.size };
}

/** Waits until something is due, and gives what comes along with it. An earlier one may come meanwhile. */
async function nextDue(waiting: ReadonlyMap<string, DigestEntry>): Promise<DigestEntry[]> {
  for (;;) {
    const entries = [...waiting.values()];
    const firstMs = Math.min(...entries.map(({ dueAt }) => Date.parse(dueAt)));
    const waitMs = firstMs - Date.now();
    if (waitMs <= 0) {
      const untilMs = Date.now() + ALONG_MS;
      return entries.filter(({ dueAt }) => Date.parse(dueAt) <= untilMs);
    }
    await condition(() => waiting.size > entries.length, waitMs);
  }
}

interface DigestMessage {
  readonly open: OpenDelivery;
  readonly entries: readonly DigestEntry[];
}

/** What must not be put together goes one by one, oldest first; the rest is one message. */
function messagesOf(due: readonly DigestEntry[]): DigestMessage[] {
  const [first] = due;
  if (first === undefined) return [];
  if (due.length === 1 || first.open.oneByOne === true) {
    return due.map((entry) => ({ open: entry.open, entries: [entry] }));
  }
  const deliveries = due.map(({ open }) => open.delivery);
  const delivery = summarise(`digest/${first.open.delivery.key}`, deliveries);
  return [{ open: { ...first.open, delivery, ...fallbackOf(due) }, entries: due }];
}

async function tell(message: OpenDelivery, entries: readonly DigestEntry[]): Promise<Receipt> {
  const receipt = await send(message);
  if (!isConfirmedLater(message, receipt)) return receipt;
  return askLater({ receipt, message, keys: entries.map(({ open }) => open.delivery.key) });
}

/** Of what is put together: all that any of them has. */
function fallbackOf(due: readonly DigestEntry[]): Pick<OpenDelivery, 'fallback'> {
  const routes = due.flatMap(({ open }) => open.fallback ?? []);
  const byName = new Map(routes.map((route) => [route.destination, route]));
  return byName.size === 0 ? {} : { fallback: [...byName.values()] };
}

/** It waits in no queue behind others, and never for a digest of its own. */
async function send(open: OpenDelivery): Promise<Receipt> {
  const { digestAfterMs: _never, ...rest } = open;
  return await sendOne(rest, {
    priority: FIRST,
    scheduleToCloseTimeout: REDELIVERY_LIMIT_MS,
  });
}
