import type { AlertSettings } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';
import type { Answer } from '../answer.ts';
import { parseAlerts } from './parse-alerts.ts';
import { ALERT_RESULTS, takeAlerts } from './take-alerts.ts';

interface AlertTaking {
  readonly reports: Pick<IssueReports, 'report'>;
  readonly log: Log;
  readonly count: (alerts: { source: string; result: string; count: number }) => void;
}

/** Takes the body of a webhook. Never throws. */
export async function answerAlerts(
  text: string,
  settings: AlertSettings,
  { reports, log, count }: AlertTaking,
): Promise<Answer> {
  const alerts = parseAlerts(text);
  if ('invalid' in alerts) return { status: 400, body: alerts.invalid };
  if ('tooMany' in alerts) return { status: 413, body: alerts.tooMany };
  const counts = await takeAlerts(alerts, { settings, reports, log });
  for (const result of ALERT_RESULTS) {
    count({ source: alerts.source, result, count: counts[result] });
  }
  const { failed, busy, ...taken } = counts;
  if (failed + busy === 0) return { status: 200, body: taken };
  const untaken = [
    ...(failed === 0 ? [] : [`${failed} of the alerts could not be reported`]),
    ...(busy === 0 ? [] : [`${busy} are of a target with a deployment on, which decides`]),
  ];
  return { status: 503, body: `${untaken.join('; ')}; send them again` };
}
