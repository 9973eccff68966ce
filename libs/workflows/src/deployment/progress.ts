import { CancellationScope, getExternalWorkflowHandle, log, sleep } from '@temporalio/workflow';
import { targetWorkflowId } from '@fairlead/contracts';
import type { CanaryState, DeploymentInput } from '@fairlead/contracts';
import { progressSignal } from '@fairlead/contracts/messages';
import { reasonOf } from './reason-of.ts';

/** At most one word a second: each is a few events in two histories. */
const APART_MS = 1_000;

/** Tells the target how the run fares, for the monitoring systems that show it. What it misses, the next word says. */
export class Progress {
  private readonly input: DeploymentInput;
  private readonly systems: readonly string[];
  private said: string | undefined;
  private canary: CanaryState | undefined;
  private telling = false;

  constructor(input: DeploymentInput, systems: readonly string[]) {
    this.input = input;
    this.systems = systems;
  }

  tell(canary: CanaryState | undefined): void {
    this.canary = canary;
    if (this.telling) return;
    this.telling = true;
    // Its own root: a forward road that is cancelled must not silence it, and nobody waits for it.
    void CancellationScope.nonCancellable(() => this.say());
  }

  private async say(): Promise<void> {
    const { deploymentId, plan } = this.input;
    const target = getExternalWorkflowHandle(targetWorkflowId(plan.environment, plan.application));
    for (let word = this.word(); word !== this.said; word = this.word()) {
      this.said = word;
      const { systems, canary } = this;
      await target
        .signal(progressSignal, { deploymentId, systems, ...(canary && { canary }) })
        .catch((error: unknown) => {
          log.warn('target does not hear of the progress', { why: reasonOf(error) });
        });
      await sleep(APART_MS);
    }
    // At once: what is told between the last look and a later moment would never be said.
    this.telling = false;
  }

  private word(): string {
    return JSON.stringify(this.canary ?? 'no canary');
  }
}
