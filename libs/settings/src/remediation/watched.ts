import { DEFAULTS } from '@fairlead/config';
import type { ConfigValues } from '../config-values.ts';

/** A Kubernetes Deployment that is watched for issues, and the target that it belongs to. */
export interface WatchedPlace {
  readonly environment: string;
  readonly application: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: string;
}

/** Every component in every environment of this cluster; none where the application has no name. */
export function watchedPlaces(
  {
    application,
    components = [],
    environments = {},
  }: Pick<ConfigValues, 'application' | 'components' | 'environments'>,
  ofCluster: string,
): readonly WatchedPlace[] {
  if (application === undefined) return [];
  return Object.entries(environments).flatMap(([environment, settings]) => {
    const cluster = settings.cluster ?? DEFAULTS.cluster;
    if (cluster !== ofCluster) return [];
    const namespace = settings.namespace ?? environment;
    return components.map(({ name, deployment }) => ({
      ...{ environment, application, cluster, namespace },
      workload: deployment ?? name,
    }));
  });
}
