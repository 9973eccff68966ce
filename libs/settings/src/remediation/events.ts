import { resolveForeignPlan } from '@fairlead/config';
import type { CallerConfig } from '@fairlead/config';
import type { DeploymentPlan, ForeignWork } from '@fairlead/contracts';
import type { ConfigValues } from '../config-values.ts';

/** How events of other tools' deployments are read, and what is deployed where. */
export interface EventSettings {
  /** Those that are configured: an event never begins another one. */
  readonly environments: readonly string[];
  /** By the name that events have. */
  readonly environmentsAs: ReadonlyMap<string, string>;
  readonly applicationsAs: ReadonlyMap<string, string>;
  readonly anyApplication: boolean;
  /** Of events that name none. */
  readonly application?: string | undefined;
  readonly plan: (place: Place, foreign: ForeignWork) => DeploymentPlan;
}

interface Place {
  readonly environment: string;
  readonly application: string;
}

/** Undefined where the configuration takes no events. */
export function eventSettings(
  config: CallerConfig & { readonly values: Pick<ConfigValues, 'remediation'> },
): EventSettings | undefined {
  const { application, environments = {}, remediation } = config.values;
  const { receiver } = remediation ?? {};
  if (receiver === undefined) return undefined;
  const { events } = receiver;
  return {
    environments: Object.keys(environments),
    environmentsAs: new Map(Object.entries(events?.environments ?? {})),
    applicationsAs: new Map(Object.entries(events?.applications ?? {})),
    anyApplication: events?.any_application ?? false,
    application,
    plan: (place, foreign) => resolveForeignPlan({ config, flags: place, foreign }),
  };
}
