import { AdapterError } from '@fairlead/contracts';
import type { MonitoringSystem } from '../monitoring-system.ts';
import { createGrafanaClient, GRAFANA } from './client.ts';
import type { GrafanaClient } from './client.ts';
import { createEventSink } from './events/event-sink.ts';
import type { GrafanaOptions } from './options.ts';
import { createProvisioner } from './provisioning/provisioner.ts';
import { CONTENT } from '../content.ts';
import type { Content } from '../content.ts';

interface Parts {
  readonly client?: GrafanaClient;
  readonly content?: Content;
}

/**
 * Grafana 10 to 13: folder, dashboards and, where wanted, rules; deployments as annotations. It keeps no metrics: the
 * dashboards ask Prometheus.
 */
export function createGrafana(
  options: GrafanaOptions,
  { client = createGrafanaClient(options), content = CONTENT }: Parts = {},
): MonitoringSystem {
  return {
    name: GRAFANA,
    events: createEventSink(client),
    provisioner: createProvisioner(client, options, content),
    async reach(signal) {
      const { body } = await client.call({ method: 'GET', path: '/api/folders?limit=1' }, signal);
      if (Array.isArray(body)) return;
      throw new AdapterError(
        'vendor-rejected',
        'grafana answered a question for folders without a list of them; check grafana_url',
      );
    },
  };
}
