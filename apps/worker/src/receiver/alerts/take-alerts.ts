import { REJECTIONS } from '@fairlead/contracts';
import type { IssueReport } from '@fairlead/contracts';
import type { AlertSettings } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';
import { findReport } from './find-report.ts';
import { gatherReports } from './gather-reports.ts';
import type { GatheredReport } from './gather-reports.ts';
import type { Alerts } from './parse-alerts.ts';

/**
 * What became of an alert. `busy` and `failed`: nobody has taken it, as a deployment is on, or as its target did not
 * answer; the sender sends it again.
 */
export const ALERT_RESULTS = ['reported', 'known', 'ignored', 'refused', 'busy', 'failed'] as const;
type AlertResult = (typeof ALERT_RESULTS)[number];
/** Of each alert of a body one. */
export type AlertCounts = Record<AlertResult, number>;

interface TakeAlerts {
  readonly settings: AlertSettings;
  readonly reports: Pick<IssueReports, 'report'>;
  readonly log: Log;
}

/** Reports what alerts say to their targets: of one workload and kind once. Never throws. */
export async function takeAlerts(
  { source, alerts }: Alerts,
  { settings, reports, log }: TakeAlerts,
): Promise<AlertCounts> {
  const counts: AlertCounts = { reported: 0, known: 0, ignored: 0, refused: 0, busy: 0, failed: 0 };
  const refusals = new Set<string>();
  const found: IssueReport[] = [];
  for (const alert of alerts) {
    const finding = findReport(alert, source, settings);
    if (finding === 'ignored') {
      counts.ignored += 1;
    } else if ('refused' in finding) {
      counts.refused += 1;
      refusals.add(finding.refused);
    } else {
      found.push(finding);
    }
  }
  for (const reason of refusals) log.info('alert was refused', { source, reason });
  // Targets side by side; each is told one thing after the other, and no more once it has not answered.
  const byTarget = Map.groupBy(
    gatherReports(found),
    ({ report: { environment, application } }) => `${environment}/${application}`,
  );
  await Promise.all(
    [...byTarget.values()].map((ofTarget) => tellTarget(ofTarget, counts, { reports, log })),
  );
  return counts;
}

async function tellTarget(
  gathered: readonly GatheredReport[],
  counts: AlertCounts,
  { reports, log }: Pick<TakeAlerts, 'reports' | 'log'>,
): Promise<void> {
  let isAway = false;
  for (const { report, alerts } of gathered) {
    const result: AlertResult = isAway ? 'failed' : await tell(report, { reports, log });
    isAway = result === 'failed';
    counts[result] += 1;
    // The others of its kind say nothing new.
    counts[result === 'reported' ? 'known' : result] += alerts - 1;
  }
}

async function tell(
  report: IssueReport,
  { reports, log }: Pick<TakeAlerts, 'reports' | 'log'>,
): Promise<AlertResult> {
  const { kind: issue, environment, application, namespace, workload, pod, source } = report;
  const about = { source, issue, environment, application, namespace, workload, pod };
  try {
    const answer = await reports.report(report);
    if ('taken' in answer) {
      const { status } = answer.taken;
      if (status === 'known' || status === 'noted') return 'known';
      log.info('alert was reported', about);
      return 'reported';
    }
    const { type: failureType, message: reason } = answer.refused;
    if (failureType === 'known-issue') return 'known';
    if (REJECTIONS.some((one) => one === failureType)) {
      log.info('alert was refused', { ...about, failureType, reason });
      return failureType === 'busy' ? 'busy' : 'refused';
    }
    log.warn('alert could not be reported', { ...about, failureType, error: reason });
    return 'failed';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn('alert could not be reported', { ...about, error: why });
    return 'failed';
  }
}
