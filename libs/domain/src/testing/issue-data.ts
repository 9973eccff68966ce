import type { Attempt, AttemptResult, IssueReport, RemediationPolicy } from '@fairlead/contracts';
import { findIssue, issueKey } from '../remediation/issue-ledger.ts';
import type { IssueLedger } from '../remediation/issue-ledger.ts';
import { nextAction } from '../remediation/ladder.ts';
import { withActing, withAttempt, withReport } from '../remediation/issues.ts';

export const KEY = issueKey('pod_crash', 'api');

export function policyOf(over: Partial<RemediationPolicy> = {}): RemediationPolicy {
  return {
    enabled: true,
    autoRemediate: true,
    maxAttempts: 3,
    cooldownMs: 300_000,
    verifyForMs: 60_000,
    resetAfterMs: 3_600_000,
    approvalTimeoutMs: 3_600_000,
    ladders: {
      pod_crash: ['restart_pod', 'restart_deployment', 'scale_deployment'],
      pod_pending: ['restart_pod', 'restart_deployment', 'scale_deployment'],
      deployment_stuck: ['restart_deployment', 'scale_deployment'],
      deployment_unavailable: ['restart_deployment', 'scale_deployment'],
      resource_constraint: ['scale_deployment'],
    },
    scale: { step: 1, maxReplicas: 10 },
    namespaces: ['shop'],
    limits: { targetsAtOnce: 5, actionsPerHour: 20 },
    ...over,
  };
}

export function reportOf(over: Partial<IssueReport> = {}): IssueReport {
  return {
    kind: 'pod_crash',
    environment: 'production',
    application: 'shop',
    cluster: 'default',
    namespace: 'shop',
    workload: 'api',
    source: 'watcher',
    actor: 'watcher',
    ...over,
  };
}

export function reported(
  ledger: IssueLedger,
  nowMs: number,
  policy = policyOf(),
  over: Partial<IssueReport> = {},
): IssueLedger {
  const report = reportOf(over);
  return withReport(ledger, { report, workload: report.workload ?? 'api', policy }, nowMs);
}

/** The next action of the ladder was tried, and ended so. */
export function attempted(
  ledger: IssueLedger,
  result: AttemptResult,
  nowMs: number,
  key = KEY,
): IssueLedger {
  const acting = withActing(ledger, key);
  const issue = findIssue(acting, key);
  const attempt: Attempt = {
    number: acting.attempts,
    action: (issue === undefined ? undefined : nextAction(issue)) ?? 'restart_pod',
    at: new Date(nowMs).toISOString(),
    ...{ result, detail: '' },
  };
  return withAttempt(acting, key, attempt, nowMs);
}
