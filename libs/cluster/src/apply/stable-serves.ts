import type { ComponentSnapshot } from '@fairlead/contracts';
import { LOOK_ONCE } from '../wait-clock.ts';
import { awaitEndpoint } from './endpoints.ts';
import { findStable } from './find.ts';
import type { Run } from './run.ts';

/** Whether the stable has a ready endpoint now, so that it may take all the traffic. */
export async function stableServes(run: Run, component: ComponentSnapshot): Promise<boolean> {
  const { traffic } = component;
  if (traffic.router === 'replicas') {
    const { status } = await findStable(run, component);
    return status.readyReplicas > 0;
  }
  const lacking = await awaitEndpoint({ ...run, clock: LOOK_ONCE }, component, {
    service: traffic.service,
    side: 'stable',
  });
  return lacking === undefined;
}
