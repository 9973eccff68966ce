import { planRolling } from '@fairlead/domain';
import { applyWave, holdWhilePaused, stopWhenDoomed, wavesOf } from './forward.ts';
import type { Run } from './run.ts';
import { failIfSimulated } from './simulated-failure.ts';

/** Type `rolling`: wave by wave, each judged to its end before the next begins. */
export async function roll(run: Run): Promise<void> {
  const waves = wavesOf(run);
  for (const wave of waves) {
    await holdWhilePaused(run);
    run.setComponents(wave, 'deploying');
    await applyWave(run, wave, { plan: planRolling, summary: 'roll' });
    run.setComponents(wave, 'done');
    // What is done is watched while the next waves go; the bake watches all.
    if (wave !== waves.at(-1)) stopWhenDoomed(run, wave, 'stable');
    failIfSimulated(run, 'health');
  }
  await holdWhilePaused(run);
  failIfSimulated(run, 'canary');
  failIfSimulated(run, 'promotion');
  run.weight = 100;
  run.report('updated', 'every component runs the new version');
}
