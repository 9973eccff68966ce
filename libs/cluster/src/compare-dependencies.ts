import type { ComponentSnapshot, DependencyDrift } from '@fairlead/contracts';
import type { Cluster } from './port.ts';

/** The ConfigMaps and Secrets that the recorded templates name, as against what is there now. */
export async function compareDependencies(
  request: { readonly namespace: string; readonly components: readonly ComponentSnapshot[] },
  cluster: Cluster,
): Promise<readonly DependencyDrift[]> {
  const drifts = await Promise.all(
    request.components.flatMap((component) =>
      component.dependencies.map(async ({ kind, name, resourceVersion }) => {
        const now = await cluster.resourceVersion(kind, { namespace: request.namespace, name });
        if (now === resourceVersion) return [];
        const drift: DependencyDrift = {
          component: component.name,
          kind,
          name,
          drift: now === undefined ? 'gone' : 'changed',
        };
        return [drift];
      }),
    ),
  );
  return drifts.flat();
}
