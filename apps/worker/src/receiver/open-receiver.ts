import { tellOnce } from '@fairlead/client/internal/deployments/tell-once';
import type { Server } from '@fairlead/client/internal/connection/session';
import type { FairleadMetrics } from '@fairlead/monitoring/prometheus';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';
import type { SettingsHolder } from '../settings/settings-holder.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

/** What takes reports and events, once Temporal is connected. */
export interface Connected {
  readonly reports: Pick<IssueReports, 'report'>;
  readonly server: Server;
}

interface OpenReceiver {
  readonly settings: Pick<SettingsHolder, 'alerts' | 'events'>;
  /** Undefined until Temporal is connected: senders are asked to come again. */
  readonly connected: () => Connected | undefined;
  readonly metrics: FairleadMetrics;
  readonly log: Log;
}

/** Takes alerts and events where the configuration says so; else nothing listens. */
export async function openReceiver({
  settings,
  connected,
  metrics,
  log,
}: OpenReceiver): Promise<Receiver | undefined> {
  const atStart = settings.alerts();
  if (atStart === undefined) return undefined;
  const { host } = atStart;
  const now = (): Connected => {
    const there = connected();
    if (there === undefined) throw new Error('Temporal is not connected yet');
    return there;
  };
  const receiver = await startReceiver(atStart, {
    log,
    settings: () => settings.alerts(),
    reports: { report: async (one) => now().reports.report(one) },
    events: {
      log,
      settings: () => settings.events(),
      tell: async (telling) => tellOnce(now().server, telling),
    },
    count: (alerts) => {
      metrics.countAlerts(alerts);
    },
  });
  log.info('receiver listens', { host, port: receiver.port });
  return receiver;
}
