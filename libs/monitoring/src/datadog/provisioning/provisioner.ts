import type { Dashboard } from '../../dashboards/dashboard.ts';
import type { ProvisionChange } from '@fairlead/contracts';
import type { Provisioner } from '../../provisioning/provisioner.ts';
import type { DatadogClient } from '../client.ts';
import { DURATION_METRIC } from '../events/totals.ts';
import { createDashboardStore } from './dashboards.ts';
import type { Content } from '../../content.ts';
import type { MonitorOptions } from './monitor-body.ts';
import { createMonitorStore } from './monitors.ts';
import { applyPercentiles, planPercentiles, removePercentiles } from './percentiles.ts';
import { applyChanges, planChanges, removeAll } from './reconcile.ts';

export function createDatadogProvisioner(
  client: DatadogClient,
  { dashboards, alerts }: Content,
  options: MonitorOptions = {},
): Provisioner {
  const dashboardStore = createDashboardStore(client, dashboards);
  const monitorStore = createMonitorStore(client, alerts, options);
  const withPercentiles = dashboards.find(needsPercentiles)?.title;

  /** Told with the first dashboard that needs them. */
  function tell(
    changes: readonly ProvisionChange[],
    note: string | undefined,
  ): readonly ProvisionChange[] {
    if (note === undefined) return changes;
    return changes.map((change) => {
      if (change.name !== withPercentiles || change.action === 'duplicate') return change;
      return { ...change, detail: [change.detail, note].filter(Boolean).join('; ') };
    });
  }

  return {
    async plan(choices, signal) {
      const drawn = await planChanges(dashboardStore, choices, signal);
      const note = withPercentiles && (await planPercentiles(client, signal));
      const watched = await planChanges(monitorStore, choices, signal);
      return [...tell(drawn, note), ...watched];
    },
    async apply(choices, signal, made) {
      const watched = await applyChanges(monitorStore, choices, { signal, made });
      const drawn = await applyChanges(dashboardStore, choices, { signal, made });
      const note = withPercentiles && (await applyPercentiles(client, signal));
      return [...tell(drawn, note), ...watched];
    },
    async remove(signal, made) {
      const drawn = await removeAll(dashboardStore, { signal, made });
      const watched = await removeAll(monitorStore, { signal, made });
      await removePercentiles(client, signal);
      return [...drawn, ...watched];
    },
  };
}

function needsPercentiles({ panels }: Dashboard): boolean {
  return panels.some(({ datadog }) =>
    Object.values(datadog?.queries ?? {}).some((query) =>
      new RegExp(`^p\\d+:${DURATION_METRIC.replaceAll('.', '\\.')}\\b`).test(query),
    ),
  );
}
