import type { IssuesState } from '@fairlead/contracts';
import type { Series } from './series.ts';

type Labels = Readonly<Record<string, string>>;

/** What became of a target's issues; none before the first that was reported. */
export function issueSeries(target: Labels, issues: IssuesState | undefined): readonly Series[] {
  if (issues === undefined) return [];
  const { open, totals = { attempts: {}, ended: {} } } = issues;
  return [
    ...Object.entries(open).map(([issue, value]): Series => {
      return { metric: 'fairlead_issues_open', labels: { ...target, issue }, value };
    }),
    ...Object.entries(totals.ended).flatMap(([issue, ends]) =>
      Object.entries(ends).map(([end, value]): Series => {
        const labels = { ...target, issue, end };
        return { metric: 'fairlead_issues_ended_total', labels, value };
      }),
    ),
    ...Object.entries(totals.attempts).flatMap(([issue, actions]) =>
      Object.entries(actions).flatMap(([action, results]) =>
        Object.entries(results).map(([result, value]): Series => {
          const labels = { ...target, issue, action, result };
          return { metric: 'fairlead_remediation_attempts_total', labels, value };
        }),
      ),
    ),
  ];
}
