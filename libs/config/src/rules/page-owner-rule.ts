import type { RuleInput } from '../schema/field-meta.ts';

/** Handles by which Datadog wakes people: https://docs.datadoghq.com/integrations/#cat-incidents */
const WAKES = /^@(?:pagerduty|opsgenie|victorops|oncall)/;

interface GivenConfig {
  readonly notification?: { readonly page_owner?: string };
  readonly monitoring_systems?: {
    readonly datadog?: { readonly notify?: readonly (string | undefined)[] };
    readonly prometheus?: unknown;
  };
}

/** One road wakes people: a second one wakes them twice, and one that is not there wakes nobody. */
export function pageOwnerRule({ value, warn }: RuleInput): void {
  const { notification, monitoring_systems: systems = {} } = value as GivenConfig;
  const { datadog, prometheus } = systems;
  const owner = notification?.page_owner ?? 'fairlead';
  if (owner !== 'datadog') {
    for (const [index, handle] of (datadog?.notify ?? []).entries()) {
      if (handle === undefined || !WAKES.test(handle)) continue;
      const path = ['monitoring_systems', 'datadog', 'notify', index];
      warn(
        path,
        `a second road that wakes people, beside page_owner ${owner}; leave it out, or give notification.page_owner: datadog`,
      );
    }
  }
  const isThere = { datadog: datadog !== undefined, alertmanager: prometheus !== undefined };
  if (Object.entries(isThere).some(([road, there]) => road === owner && !there)) {
    const block = owner === 'datadog' ? 'datadog' : 'prometheus';
    warn(
      ['notification', 'page_owner'],
      `nobody is woken: monitoring_systems.${block} is not there, or off`,
    );
  }
}
