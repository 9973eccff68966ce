import type { MonitoringSystem } from '../monitoring-system.ts';
import { assertTaken } from './answer.ts';
import { createDatadogClient, DATADOG } from './client.ts';
import type { DatadogClient } from './client.ts';
import { createEventSink } from './events/event-sink.ts';
import { createGaugeSink } from './gauges.ts';
import { createMetricSource } from './metric-source.ts';
import type { DatadogOptions } from './options.ts';
import { CONTENT } from '../content.ts';
import type { Content } from '../content.ts';
import { createDatadogProvisioner } from './provisioning/provisioner.ts';
import { MANAGED_BY } from './tags.ts';

/** For tests. */
export interface DatadogParts {
  readonly definitions?: Content;
  readonly client?: DatadogClient;
  /** For what is too old to be sent. */
  readonly now?: () => Date;
}

/** Datadog: events and counts of deployments, gauges of what runs, dashboards and monitors. */
export function createDatadog(options: DatadogOptions, parts: DatadogParts = {}): MonitoringSystem {
  const { definitions = CONTENT, now = () => new Date() } = parts;
  const { client = createDatadogClient(options) } = parts;
  return {
    name: DATADOG,
    events: createEventSink(client, options, now),
    gauges: createGaugeSink(client),
    metrics: createMetricSource(client),
    provisioner: createDatadogProvisioner(client, definitions, options),
    async reach(signal) {
      assertTaken(await client.ask(({ authentication }) => authentication.validate(), signal));
      // Only what needs the application key says whether it is one: the shortest list of our own monitors.
      const least = { monitorTags: MANAGED_BY, page: 0, pageSize: 1 };
      assertTaken(await client.ask(({ monitors }) => monitors.listMonitors(least), signal));
    },
  };
}
