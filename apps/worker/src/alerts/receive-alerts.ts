import type { FairleadMetrics } from '@fairlead/monitoring/prometheus';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';
import type { SettingsHolder } from '../settings/settings-holder.ts';
import { startAlertReceiver } from './receiver.ts';
import type { AlertReceiver } from './receiver.ts';

interface ReceiveAlerts {
  readonly settings: Pick<SettingsHolder, 'alerts'>;
  /** Undefined until Temporal is connected: senders are asked to come again. */
  readonly reports: () => IssueReports | undefined;
  readonly metrics: FairleadMetrics;
  readonly log: Log;
}

/** Takes alerts where the configuration says so; else nothing listens. */
export async function receiveAlerts({
  settings,
  reports,
  metrics,
  log,
}: ReceiveAlerts): Promise<AlertReceiver | undefined> {
  const atStart = settings.alerts();
  if (atStart === undefined) return undefined;
  const { host } = atStart;
  const receiver = await startAlertReceiver(atStart, {
    log,
    settings: () => settings.alerts(),
    reports: {
      async report(one) {
        const connected = reports();
        if (connected === undefined) throw new Error('Temporal is not connected yet');
        return connected.report(one);
      },
    },
    count: (alerts) => {
      metrics.countAlerts(alerts);
    },
  });
  log.info('alert receiver listens', { host, port: receiver.port });
  return receiver;
}
