import { CancellationScope, condition } from '@temporalio/workflow';
import type { CanaryStep, ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { planPromotion, planShift, withPromoteTaken } from '@fairlead/domain';
import { applyWave, holdWhilePaused, stopWhenDoomed, wavesOf } from './forward.ts';
import type { Run } from './run.ts';
import { failIfSimulated } from './simulated-failure.ts';
import { showDetails } from './visibility.ts';

/** Type `canary`: the steps, then the stable takes the new version and the canary goes; all under a health watch. */
export async function runCanary(run: Run): Promise<void> {
  run.report(
    'canary-begun',
    `canary of ${wavesOf(run)
      .flat()
      .map(({ name }) => name)
      .join(', ')}`,
  );
  const waves = wavesOf(run).map((wave) => ({ wave, watching: new CancellationScope() }));
  await runSteps(run, () => {
    for (const { wave, watching } of waves) {
      void watching.run(() => {
        stopWhenDoomed(run, wave, 'canary');
        return Promise.resolve();
      });
    }
  });
  await promote(run, waves);
}

async function runSteps(run: Run, watchCanaries: () => void): Promise<void> {
  const { steps } = run.input.plan.canary;
  let watched = false;
  for (const [index, step] of steps.entries()) {
    await holdWhilePaused(run);
    if (run.state.promote === 'full') break;
    run.step = index + 1;
    run.note('step-begun', `step ${run.step} of ${steps.length}: ${describe(step)}`);
    showDetails(run);
    await runStep(run, step);
    if (!watched && step.kind === 'weight') {
      watchCanaries();
      watched = true;
    }
  }
  await holdWhilePaused(run);
}

async function runStep(run: Run, step: CanaryStep): Promise<void> {
  switch (step.kind) {
    case 'weight':
      await shift(run, step.weight);
      return;
    case 'pause':
      await pauseFor(run, step.durationMs);
      return;
    case 'approval':
      await askApproval(run);
  }
}

async function shift(run: Run, weight: number): Promise<void> {
  const { steps } = run.input.plan.canary;
  const from = run.weight;
  // Before the change: a record read in its middle must not show less than may be there.
  run.weight = weight;
  run.tellProgress();
  for (const wave of wavesOf(run)) {
    run.setComponents(wave, 'canary');
    await applyWave(run, wave, {
      plan: (component) => planShift(component, { from, to: weight, steps }),
      summary: `weight ${from} → ${weight} %`,
    });
    failIfSimulated(run, 'health');
  }
  run.note('step-passed', `canary takes ${realWeights(run)} (wanted ${weight} %)`);
  failIfSimulated(run, 'canary');
}

function realWeights(run: Run): string {
  return run
    .record()
    .components.flatMap(({ name, realWeight }) =>
      realWeight === undefined ? [] : [`${realWeight} % of ${name}`],
    )
    .join(', ');
}

async function pauseFor(run: Run, durationMs: number): Promise<void> {
  run.waitingUntil = new Date(Date.now() + durationMs).toISOString();
  await condition(() => run.state.promote !== 'none', durationMs);
  run.waitingUntil = undefined;
  run.state = withPromoteTaken(run.state);
}

async function askApproval(run: Run): Promise<void> {
  // A promote that came before the question does not answer it.
  run.state = withPromoteTaken(run.state);
  run.report('approval-asked', 'waits for promote or abort');
  await condition(() => run.state.promote !== 'none');
  run.state = withPromoteTaken(run.state);
}

/** A canary that still serves is watched until the stable has taken over; from then on the stable is. */
async function promote(
  run: Run,
  waves: readonly { wave: readonly ComponentSnapshot[]; watching: CancellationScope }[],
): Promise<void> {
  const { steps } = run.input.plan.canary;
  run.report('steps-passed', 'every step passed');
  for (const { wave, watching } of waves) {
    run.setComponents(wave, 'promoting');
    await applyWave(run, wave, {
      plan: (component) => planPromotion(component, steps).filter((one) => !endsCanary(one)),
      summary: 'promote',
    });
    watching.cancel();
    await applyWave(run, wave, {
      plan: (component) => planPromotion(component, steps).filter(endsCanary),
      summary: 'remove the canary',
    });
    run.setComponents(wave, 'done');
    if (wave !== waves.at(-1)?.wave) stopWhenDoomed(run, wave, 'stable');
  }
  failIfSimulated(run, 'promotion');
  run.weight = 100;
  run.report('updated', 'the stable side runs the new version');
}

function endsCanary({ kind }: ClusterChange): boolean {
  return kind === 'route' || kind === 'remove-canary';
}

function describe(step: CanaryStep): string {
  switch (step.kind) {
    case 'weight':
      return `weight ${step.weight} %`;
    case 'pause':
      return `pause ${step.durationMs / 1000} s`;
    case 'approval':
      return 'approval';
  }
}
