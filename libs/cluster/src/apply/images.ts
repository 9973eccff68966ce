import type { ClusterChange } from '@fairlead/contracts';
import { edited } from '../failures.ts';
import { swapImages } from '../images.ts';
import { templateState } from '../template-state.ts';
import { findStable } from './find.ts';
import { rereadOnConflict } from './run.ts';
import type { Outcome, Run } from './run.ts';

type Change = Extract<ClusterChange, { kind: 'images' }>;

/** Puts the wanted images in, or the recorded ones back; "back" is proven by the template's digest. */
export async function applyImages(run: Run, { component, to }: Change): Promise<Outcome> {
  const images = to === 'new' ? component.images : swapImages(component.images);
  await rereadOnConflict(run, async () => {
    const stable = await findStable(run, component);
    if (templateState(stable.template, component) === to) return;
    const written = await run.cluster.patchWorkload(run.namespace, stable, { images });
    if (templateState(written.template, component) !== to) {
      throw edited(
        `the pod template of ${stable.name} in ${run.namespace} is not what was written: ` +
          'an admission webhook changes it, so it cannot be put back byte for byte',
      );
    }
  });
  return undefined;
}
