import { inspectFullConfig } from '@fairlead/config';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import type { Io } from '../io.ts';
import { configInputs } from '@fairlead/client/internal/asking/plan';

interface Options {
  readonly system?: string;
  readonly config?: readonly string[];
}

/** The systems to be provisioned, by the configuration here; secrets' variables are not needed. */
export function provisionedSystems(options: Options, io: Io): readonly string[] {
  if (options.system !== undefined) return [options.system];
  const { config, missing } = inspectFullConfig(configInputs(options, io));
  const { datadog, prometheus } = config.values.monitoring_systems ?? {};
  const isMissing = (path: string) =>
    missing?.problems.some((problem) => problem.path.startsWith(path)) === true;
  const systems = [
    ...(datadog !== undefined || isMissing('monitoring_systems.datadog.') ? ['datadog'] : []),
    ...(prometheus?.grafana_url !== undefined ||
    isMissing('monitoring_systems.prometheus.grafana_url')
      ? ['grafana']
      : []),
  ];
  if (systems.length > 0) return systems;
  throw usageError(
    'No system that has dashboards is configured; add monitoring_systems.datadog, or grafana_url and grafana_api_key to monitoring_systems.prometheus. `fairlead monitoring export` needs neither.',
  );
}
