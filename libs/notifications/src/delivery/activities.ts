import { Context } from '@temporalio/activity';
import { AdapterError } from '@fairlead/contracts';
import type { ConfirmationActivities, DeliveryActivities, TargetLookup } from '@fairlead/contracts';
import { toApplicationFailure } from '@fairlead/contracts/activity-failure';
import type { DeliveryLog } from '../delivery-log.ts';
import type { RoutingSettings } from '../routing/routing-settings.ts';
import { confirm } from './confirm.ts';
import { countReceipt } from './count-receipt.ts';
import { deliverBatch } from './deliver-batch.ts';
import { deliver } from './deliver.ts';
import type { Deliverer } from './deliver.ts';
import { toReceipt } from './receipt.ts';

/** Longest that one try may take: no vendor's own limit for a webhook or a message is longer. */
const ATTEMPT_TIMEOUT_MS = 10_000;

interface DeliveryDependencies {
  /** Asked at each call, so that a reloaded configuration counts from the next delivery on. */
  readonly settings: () => RoutingSettings;
  readonly log: DeliveryLog;
  /** Absent: nobody knows what came after what is told late. */
  readonly targets?: TargetLookup | undefined;
  readonly attemptTimeoutMs?: number;
  /** Milliseconds from any start; default the process's own. */
  readonly clock?: () => number;
  /** For quiet hours; default the machine's clock. */
  readonly now?: () => Date;
}

/** The delivery activities. `deliverBatch` ends within 15 s, the others within 10 s. */
export function createDeliveryActivities(
  dependencies: DeliveryDependencies,
): DeliveryActivities & ConfirmationActivities {
  return {
    async deliverBatch({ deliveries }) {
      const results = await deliverBatch(deliveries, delivererOf(dependencies));
      for (const result of results) if ('receipt' in result) countReceipt(result.receipt);
      return results;
    },

    async deliverOne({ delivery }) {
      const answer = await told(deliver(delivery, delivererOf(dependencies)));
      const receipt = toReceipt(delivery, answer, Context.current().info.attempt);
      countReceipt(receipt);
      return receipt;
    },

    async confirmDelivery({ receipt }) {
      const confirmed = await told(confirm(receipt, delivererOf(dependencies)));
      // One that is accepted still was counted when it was.
      if (confirmed !== undefined && confirmed.state !== 'accepted') countReceipt(confirmed);
      return confirmed ?? null;
    },
  };
}

/** In the words that Temporal's retry policy knows. */
async function told<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AdapterError ? toApplicationFailure(error) : error;
  }
}

function delivererOf(dependencies: DeliveryDependencies): Deliverer {
  const { settings, log, targets, attemptTimeoutMs, clock, now } = dependencies;
  const { destinations, roles, severityIn } = settings();
  return {
    destinations,
    log,
    targets,
    quiet: { roles, severityIn, now: now ?? (() => new Date()) },
    timeoutMs: attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS,
    clock: clock ?? (() => performance.now()),
    cancelled: Context.current().cancellationSignal,
  };
}
