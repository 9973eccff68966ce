import { planRolling } from '@fairlead/domain';
import { applyWave, holdWhilePaused, wavesOf } from './forward.ts';
import type { Run } from './run.ts';
import { failIfSimulated } from './simulated-failure.ts';

/** Type `rolling`: wave by wave, each judged to its end before the next begins. */
export async function roll(run: Run): Promise<void> {
  for (const wave of wavesOf(run)) {
    await holdWhilePaused(run);
    run.setComponents(wave, 'deploying');
    await applyWave(run, wave, { plan: planRolling, summary: 'roll' });
    run.setComponents(wave, 'done');
    failIfSimulated(run, 'health');
  }
  await holdWhilePaused(run);
  failIfSimulated(run, 'canary');
  failIfSimulated(run, 'promotion');
  run.weight = 100;
  run.report('updated', 'every component runs the new version');
}
