import { deliveryQueue } from '@fairlead/contracts';
import type { DoctorReport } from '@fairlead/contracts';
import type { MonitoringSystem } from '@fairlead/monitoring';
import type { CheckableChannel, Destination } from '@fairlead/notifications';
import type { SettingsState } from '../settings/settings-holder.ts';
import { pacedQueues } from '../workers/paced-queues.ts';
import { checkSettings } from './check-settings.ts';
import { lookAt } from './look-at.ts';

interface Looked {
  readonly settings: SettingsState;
  readonly systems: readonly Pick<MonitoringSystem, 'name' | 'reach'>[];
  readonly channels: readonly CheckableChannel[];
  readonly destinations: readonly Pick<Destination, 'name' | 'queue' | 'road'>[];
}

/** What this worker can say of itself and of whom it tells. Nothing is sent to people. */
export async function checkControl(looked: Looked): Promise<DoctorReport> {
  const { settings, systems, channels, destinations } = looked;
  const beyond = await Promise.all([
    ...systems.map((system) =>
      lookAt(system.name, 'monitoring_systems', async (signal) => {
        await system.reach(signal);
        return { state: 'ok', detail: 'answers, and takes the credentials' };
      }),
    ),
    ...channels.map((channel) =>
      lookAt(`channel ${channel.name}`, blockOf(channel), (signal) => channel.check(signal)),
    ),
  ]);
  return {
    checks: [...checkSettings(settings), ...beyond],
    deliveryQueues: pacedQueues(destinations).map(deliveryQueue),
  };
}

/** `slack:releases` stands in the block of `slack`. */
function blockOf({ name }: CheckableChannel): string {
  return `notification.${name.replace(/:.*/, '')}`;
}
