import { AdapterError } from '@fairlead/contracts';
import type { Delivery, TargetLookup } from '@fairlead/contracts';
import type { DeliveryLog } from '../delivery-log.ts';
import type { Answer, Destination } from '../destination.ts';
import { attempt } from './attempt.ts';
import { overtakenAnswer } from './overtaken-answer.ts';
import { quietAnswer } from './quiet-answer.ts';
import type { QuietSettings } from './quiet-answer.ts';
import type { AttemptLimits } from './attempt.ts';
import { deadAnswer, unknownDestination } from './receipt.ts';

export interface Deliverer extends AttemptLimits {
  readonly destinations: readonly Destination[];
  readonly log: DeliveryLog;
  readonly quiet: QuietSettings;
  readonly targets?: TargetLookup | undefined;
  /** Milliseconds from any start. */
  readonly clock: () => number;
}

/** Answers with what is final; throws only a retryable `AdapterError`, or why the activity was cancelled. */
export async function deliver(delivery: Delivery, deliverer: Deliverer): Promise<Answer> {
  const { destinations, log, cancelled } = deliverer;
  const destination = destinations.find(({ name }) => name === delivery.destination);
  if (destination === undefined) return unknownDestination(delivery.destination);
  const quiet = quietAnswer(delivery, destination, deliverer.quiet);
  if (quiet !== undefined) return quiet;
  const overtaken = await overtakenAnswer(delivery, destination, deliverer);
  if (overtaken !== undefined) return overtaken;
  try {
    return await attempt(
      destination.name,
      (signal) => destination.send(delivery, signal),
      deliverer,
    );
  } catch (error) {
    if (cancelled.aborted) throw cancelled.reason;
    const known = error instanceof AdapterError ? error : defect(destination.name, error);
    const fields = { deliveryKey: delivery.key, failureType: known.type, reason: known.message };
    if (known.retryable) {
      log.warn('delivery failed, will be tried again', fields);
      throw known;
    }
    log.error('delivery is dead', { ...fields, ...framesOf(known.type, error) });
    return deadAnswer(known);
  }
}

/** An adapter let something through: its text may hold a secret, so only its class is told. */
function defect(destination: string, error: unknown): AdapterError {
  const what = error instanceof Error ? error.name : typeof error;
  return new AdapterError('defect', `${destination}: unexpected ${what}`, { cause: error });
}

/** Where a defect was thrown, without its text. */
function framesOf(type: string, error: unknown): { frames?: readonly string[] } {
  if (type !== 'defect' || !(error instanceof Error)) return {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { frames: frames.slice(0, 10).map((line) => line.trim()) };
}
