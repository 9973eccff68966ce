import type { Cluster } from '@fairlead/cluster';
import { watchIssues } from '@fairlead/remediation';
import type { IssueWatch } from '@fairlead/remediation';
import type { WatchedPlace } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import type { IssueReports } from '@fairlead/temporal/targets';

/** What a target says to what it knows already, or leaves to others: no news. */
const NO_NEWS: readonly string[] = ['known-issue', 'halted', 'remediation-off'];

interface WatchForIssues {
  readonly cluster: Cluster;
  readonly places: readonly WatchedPlace[];
  readonly reports: IssueReports;
  readonly log: Log;
}

/** Watches the workloads of the configuration, and tells their targets what is wrong with them. */
export function watchForIssues({ cluster, places, reports, log }: WatchForIssues): IssueWatch {
  log.info('watches for issues', { workloads: places.length });
  return watchIssues({
    cluster,
    workloads: places,
    unmeasured(namespace, why) {
      log.info('containers at their limits are not seen', { namespace, reason: why });
    },
    async well(place) {
      try {
        await reports.well(place);
        return 'taken';
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const { environment, application, workload } = place;
        const at = { environment, application, workload };
        log.warn('that it is well could not be told; it is tried again', { ...at, error: why });
        return 'not-taken';
      }
    },
    async report(place, { kind, pod, reason }) {
      const { environment, application, namespace, workload } = place;
      const at = { environment, application, namespace, workload, issue: kind };
      const seen = { reason, ...(pod === undefined ? {} : { pod }) };
      try {
        const answer = await reports.report({
          ...{ ...place, ...seen, kind },
          ...{ source: 'watcher', actor: 'watcher' },
        });
        // Its deployment decides; what is there still when that has ended is an issue.
        if ('refused' in answer && answer.refused.type === 'busy') return 'not-taken';
        log.info('issue seen', { ...at, ...seen });
        if ('taken' in answer || NO_NEWS.includes(answer.refused.type)) return 'taken';
        const { type: failureType, message } = answer.refused;
        log.warn('issue was refused', { ...at, failureType, reason: message });
        return 'taken';
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const said = 'issue could not be reported; it is tried again while it is there';
        log.warn(said, { ...at, ...seen, error: why });
        return 'not-taken';
      }
    },
  });
}
