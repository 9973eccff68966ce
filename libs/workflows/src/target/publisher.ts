import { CancellationScope, condition, log, proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { StateActivities } from '@fairlead/contracts';
import {
  isLate,
  owingAll,
  targetStateOf,
  viewOf,
  withLate,
  withOwed,
  withoutSystem,
  withPublished,
} from '@fairlead/domain';
import { PUBLISH_STATE } from '../activity-options.ts';
import { reasonOf } from '../deployment/reason-of.ts';
import type { Target } from './target-state.ts';

/** Half as long again as one call may take: a request that was given up has come by then, or never will. */
const LATE_MS = 15_000;

/**
 * Gives each system the target's present state, one call at a time for each: a call that is overtaken by a later one
 * would leave the older state there. What changed meanwhile goes with the next call, as a whole.
 */
export class Publisher {
  private readonly target: Target;
  private readonly lanes = new Map<string, CancellationScope>();

  constructor(target: Target) {
    this.target = target;
    this.pump();
  }

  /** The state has changed. */
  changed(): void {
    this.target.ledger = owingAll(this.target.ledger);
    this.pump();
  }

  /** Stops between two calls; what is owed stands in the ledger and is carried over. */
  async pause(): Promise<void> {
    for (const lane of this.lanes.values()) lane.cancel();
    await condition(() => this.lanes.size === 0);
  }

  /** Takes all series of a target that is gone back. Tries for an hour: then the system has lost them, or keeps them. */
  async forget(): Promise<void> {
    await this.pause();
    const { environment, application, publication } = this.target.ledger;
    await Promise.all(
      (publication?.systems ?? []).map((system) =>
        activities(`forget at ${system}`, '1h')
          .forgetState({ system, environment, application })
          .catch((error: unknown) => {
            log.warn('the series of a forgotten target stay', { system, why: reasonOf(error) });
          }),
      ),
    );
  }

  private get owed(): readonly string[] {
    return this.target.ledger.publication?.owed ?? [];
  }

  private pump(): void {
    for (const system of this.owed) {
      if (this.lanes.has(system)) continue;
      const scope = new CancellationScope();
      this.lanes.set(system, scope);
      void scope
        .run(() => this.publish(system))
        .finally(() => {
          this.lanes.delete(system);
        });
    }
  }

  private async publish(system: string): Promise<void> {
    while (this.owed.includes(system)) {
      // What changes from here on is owed anew.
      this.target.ledger = withPublished(this.target.ledger, system);
      try {
        const state = targetStateOf(viewOf(this.target.ledger));
        const taken = await activities(`→ ${system}`).publishState({ system, state });
        if ((taken?.attempt ?? 1) > 1) {
          this.target.ledger = withLate(this.target.ledger, system, true);
        }
        if (isLate(this.target.ledger, system)) await this.outwait(system);
      } catch (error) {
        // An attempt that fails after it was cancelled ends as that failure, and is not tried again.
        if (CancellationScope.current().consideredCancelled) {
          this.target.ledger = withLate(withOwed(this.target.ledger, system), system, true);
          return;
        }
        // A failure that no repeat mends: the next deployment says again what systems there are.
        log.warn('the state was not taken', { system, why: reasonOf(error) });
        this.target.ledger = withoutSystem(this.target.ledger, system);
      }
    }
  }

  /** Said again when nothing of an earlier attempt can come after it any more, or when there is more to say. */
  private async outwait(system: string): Promise<void> {
    const more = await condition(() => this.owed.includes(system), LATE_MS);
    if (more) return;
    this.target.ledger = withLate(withOwed(this.target.ledger, system), system, false);
  }
}

function activities(summary: string, limit?: '1h'): StateActivities {
  return proxyActivities<StateActivities>({
    ...PUBLISH_STATE,
    taskQueue: CONTROL_QUEUE,
    ...(limit === undefined ? {} : { scheduleToCloseTimeout: limit }),
    summary,
  });
}
