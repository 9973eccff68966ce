import type { IssueReport } from '@fairlead/contracts';

/** One report of several alerts. */
export interface GatheredReport {
  readonly report: IssueReport;
  /** How many alerts say it. */
  readonly alerts: number;
}

/**
 * Of one workload and kind one. Where alerts name several pods of a workload, none is: the cluster says then which is
 * worst off. It is so since the first of them fired. A pod whose workload is not known stands for itself; its target finds out.
 */
export function gatherReports(reports: readonly IssueReport[]): readonly GatheredReport[] {
  return [...Map.groupBy(reports, keyOf).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const pods = new Set(same.map(({ pod }) => pod));
    const { pod: _one, ...whole } = first;
    const [since] = same.flatMap((report) => report.since ?? []).sort();
    return {
      report: { ...(pods.size > 1 ? whole : first), ...(since === undefined ? {} : { since }) },
      alerts: same.length,
    };
  });
}

function keyOf({ environment, application, kind, workload, pod }: IssueReport): string {
  const subject = workload === undefined ? { pod } : { workload };
  return JSON.stringify([environment, application, kind, subject]);
}
