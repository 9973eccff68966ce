import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { MonitoringSystem } from '@fairlead/monitoring';
import { createLineWebhookClient, LINE_WEBHOOK } from './client.ts';
import type { LineWebhookClient } from './client.ts';
import { eventLine, goneLine, stateLine } from './line.ts';
import type { LineWebhookOptions } from './options.ts';

/** Takes events and states. It has no dashboards, no alerts and no queries, so those parts are absent. */
export function createLineWebhook(
  options: LineWebhookOptions,
  client: LineWebhookClient = createLineWebhookClient(options),
): Required<Pick<MonitoringSystem, 'name' | 'events' | 'states' | 'reach'>> {
  return {
    name: LINE_WEBHOOK,
    events: {
      kinds: NOTIFIED_KINDS,
      async send(delivery, signal) {
        await client.post([eventLine(delivery)], signal);
        return { state: 'accepted' };
      },
    },
    states: {
      publish: (state, signal) => client.post([stateLine(state)], signal),
      forget: (target, signal) => client.post([goneLine(target)], signal),
    },
    reach: (signal) => client.post([], signal),
  };
}
