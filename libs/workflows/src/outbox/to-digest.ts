import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type {
  DigestActivities,
  DigestEntry,
  OpenDelivery,
  Receipt,
  Route,
} from '@fairlead/contracts';
import { bytesOf } from './bytes-of.ts';
import { TELL_WORKFLOW } from '../activity-options.ts';

/** A message that comes alone goes as itself; what comes with it within this is told together. */
const FALLBACK_WINDOW_MS = 5_000;
/** Deliveries in one signal, by their number and their size: a payload may have 2 MB. */
const SIGNAL_SIZE = 100;
const SIGNAL_BYTES = 500_000;

/** The digest takes what its queue did not start in time: the rest of the window is for those that come after it. */
export async function lateToDigest(late: readonly OpenDelivery[]): Promise<Receipt[]> {
  const now = Date.now();
  await addToDigest(
    late.map((open) => ({ open, dueAt: timeOf(now + (open.digestAfterMs ?? 0) / 2) })),
  );
  return late.map(({ delivery: { destination, key } }) => ({
    destination,
    key,
    state: 'pending',
    attempts: 0,
    at: timeOf(now),
    detail: `too many at once: it is told in a digest, see digest/${destination}`,
  }));
}

/** A dead receipt says who is told in its place. */
export function withStandIn({ fallback }: OpenDelivery, receipt: Receipt): Receipt {
  if (receipt.state !== 'dead' || fallback === undefined) return receipt;
  const names = fallback.map(({ destination }) => destination).join(' and ');
  const told = `told in its place: ${names}`;
  const { detail } = receipt;
  return { ...receipt, detail: detail === undefined ? told : `${detail}; ${told}` };
}

/** Each fallback takes what it is not told of anyway. */
export async function tellFallback(dead: readonly OpenDelivery[]): Promise<Receipt[]> {
  const instead = dead.flatMap((open) => (open.fallback ?? []).map((to) => inPlaceOf(open, to)));
  const now = Date.now();
  const dueAt = timeOf(now + FALLBACK_WINDOW_MS);
  for (const some of Object.values(Object.groupBy(instead, destinationOf))) {
    const entries = (some ?? []).map((open) => ({ open, dueAt }));
    await addToDigest(entries);
  }
  return instead.map(({ delivery: { destination, key, insteadOf = '' } }) => ({
    ...{ destination, key, state: 'pending', attempts: 0, at: timeOf(now) },
    detail: `in place of ${insteadOf}, which is dead; see digest/${destination}`,
  }));
}

function destinationOf({ delivery }: OpenDelivery): string {
  return delivery.destination;
}

function inPlaceOf({ delivery }: OpenDelivery, fallback: Route): OpenDelivery {
  const { destination, kinds: _kinds, ...manner } = fallback;
  const key = `${delivery.event.id}/${destination}`;
  const insteadOf = delivery.destination;
  return { ...manner, delivery: { ...delivery, destination, key, insteadOf } };
}

/** Not cut off by the end of a run: what was handed over must not be sent a second time. */
export async function addToDigest(entries: readonly DigestEntry[]): Promise<void> {
  for (const some of inSignals(entries)) await signal(some);
}

function inSignals(entries: readonly DigestEntry[]): DigestEntry[][] {
  const signals: DigestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = signals.at(-1);
    const more = bytesOf(entry);
    if (last === undefined || last.length >= SIGNAL_SIZE || bytes + more > SIGNAL_BYTES) {
      signals.push([entry]);
      bytes = more;
    } else {
      last.push(entry);
      bytes += more;
    }
  }
  return signals;
}

async function signal(entries: readonly DigestEntry[]): Promise<void> {
  const destination = entries[0]?.open.delivery.destination;
  if (destination === undefined) return;
  const { addToDigest: add } = proxyActivities<DigestActivities>({
    ...TELL_WORKFLOW,
    taskQueue: CONTROL_QUEUE,
    summary: `${entries.length} → digest/${destination}`,
  });
  await CancellationScope.nonCancellable(() => add({ destination, entries }));
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
