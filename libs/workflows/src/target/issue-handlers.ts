import { log, patched, proxyActivities, setHandler } from '@temporalio/workflow';
import { clusterQueue, CONTROL_QUEUE, ISSUE_KINDS } from '@fairlead/contracts';
import type {
  IssueAnswer,
  IssueCommand,
  IssueReport,
  IssueSubject,
  RemediationActivities,
  SettingsActivities,
} from '@fairlead/contracts';
import {
  approveIssueSignal,
  approveIssueUpdate,
  dismissIssueSignal,
  dismissIssueUpdate,
  reportIssueUpdate,
  workloadWellSignal,
} from '@fairlead/contracts/messages';
import {
  admitReport,
  findIssue,
  issueKey,
  isSystemNamespace,
  viewOfIssue,
  withApproval,
  withGivenUp,
  withNote,
  withoutIssue,
  withReport,
  withWell,
  withSystems,
} from '@fairlead/domain';
import { INSPECT, SETTINGS } from '../activity-options.ts';
import { rejection } from '../rejection.ts';
import type { Target } from './target-state.ts';
import { tellOfIssue } from './tell-issue.ts';

/** As with deployments a refusal is thrown by the validator: a repeated report costs the target nothing. */
export function handleIssues(target: Target, show: () => void): void {
  setHandler(reportIssueUpdate, (report) => take(target, report, show), {
    description: 'Tells of something that is wrong',
    validator: (report: IssueReport) => {
      check(report);
      refuseWhileDeploying(target);
      if (report.workload !== undefined) refuseKnown(target, report, report.workload);
    },
  });

  const approve = ({ issue, actor }: IssueCommand) => {
    target.issues = withApproval(target.issues, issue, actor, Date.now());
    show();
  };
  const dismiss = ({ issue, actor }: IssueCommand) => {
    log.info('issue dismissed', { issue, actor });
    target.issues = withoutIssue(target.issues, issue);
    show();
  };
  setHandler(
    approveIssueUpdate,
    (command): IssueAnswer => {
      approve(command);
      return { status: 'noted', issue: viewOfIssue(known(target, command)) };
    },
    {
      description: 'Says yes to what was proposed',
      validator: (command: IssueCommand) => {
        const { state, key } = known(target, command);
        if (state !== 'proposed') {
          throw rejection('unfit-phase', `issue ${key} is ${state}: there is nothing to approve`);
        }
      },
    },
  );
  setHandler(
    dismissIssueUpdate,
    (command): { dismissed: true } => {
      dismiss(command);
      return { dismissed: true };
    },
    {
      description: 'Closes an issue',
      validator: (command: IssueCommand) => {
        const { state, key } = known(target, command);
        if (state !== 'acting') return;
        throw rejection('busy', `an attempt at ${key} is being made; dismiss it when it has ended`);
      },
    },
  );
  setHandler(
    workloadWellSignal,
    (workload) => {
      const before = target.issues;
      if (!isRecord(workload) || !before.issues.some(({ state }) => state === 'given-up')) return;
      target.issues = withWell(before, workload, Date.now());
      show();
    },
    { description: 'A workload has been well for a while' },
  );
  // From the Web UI and scripts; what does not fit is left. An error here would stop the target.
  setHandler(
    approveIssueSignal,
    (command) => {
      if (isRecord(command)) approve(command);
    },
    { description: 'Says yes to what was proposed' },
  );
  setHandler(
    dismissIssueSignal,
    (command) => {
      if (!isRecord(command)) return;
      if (findIssue(target.issues, command.issue)?.state !== 'acting') dismiss(command);
    },
    { description: 'Closes an issue' },
  );
}

async function take(target: Target, report: IssueReport, show: () => void): Promise<IssueAnswer> {
  return noted(target, report, show) ?? (await opened(target, report, show));
}

/** One that was given up is still there: nobody need be asked to take that down. */
function noted(
  target: Target,
  { kind, workload, since }: IssueReport,
  show: () => void,
): IssueAnswer | undefined {
  if (workload === undefined) return undefined;
  const key = issueKey(kind, workload);
  const admission = admitReport(target.issues, key, Date.now(), since);
  if (!('admitted' in admission) || admission.admitted !== 'note') return undefined;
  const isOpenAgain = findIssue(target.issues, key)?.state !== 'given-up';
  target.issues = withNote(target.issues, key, Date.now());
  if (isOpenAgain && patched('a-note-is-shown')) show();
  return { status: 'noted', issue: viewOfIssue(known(target, { issue: key })) };
}

async function opened(target: Target, report: IssueReport, show: () => void): Promise<IssueAnswer> {
  const { environment, namespace } = report;
  const seenAtMs = Date.now();
  const answer = await proxyActivities<SettingsActivities>({
    ...SETTINGS,
    taskQueue: CONTROL_QUEUE,
  }).remediationPolicy({ environment });
  if (answer?.enabled !== true) {
    throw rejection(
      'remediation-off',
      `remediation is off for ${environment}: switch on remediation.enabled in the worker’s configuration`,
    );
  }
  const { systems, ...policy } = answer;
  if (!policy.namespaces.includes(namespace)) {
    const known = policy.namespaces.join(', ');
    throw rejection(
      'remediation-off',
      `namespace ${namespace} is not one that ${environment} is configured for (${known === '' ? 'none' : known}): nothing there is touched`,
    );
  }
  const subject = await subjectOf(report);
  if ('refused' in subject) throw rejection('invalid-request', subject.refused);
  // It may have changed while others were asked.
  refuseWhileDeploying(target);
  const { workload, pod, podUid, byHand } = subject;
  const key = issueKey(report.kind, workload);
  const admission = admitReport(target.issues, key, seenAtMs, report.since);
  if ('full' in admission) throw fullOf(admission);
  if ('known' in admission) return { status: 'known', issue: viewOfIssue(admission.known) };
  target.issues = withReport(
    target.issues,
    {
      ...{ report, workload, policy },
      ...(pod === undefined ? {} : { pod }),
      ...(podUid === undefined ? {} : { podUid }),
    },
    seenAtMs,
  );
  target.ledger = withSystems(target.ledger, systems);
  const isNote = admission.admitted === 'note';
  if (byHand !== undefined && !isNote) target.issues = withGivenUp(target.issues, key, byHand);
  show();
  const issue = known(target, { issue: key });
  const isNews = issue.state !== 'waiting' && !(isNote && patched('a-note-is-no-news'));
  if (isNews) await tellOfIssue(target, issue);
  const status = ({ open: 'opened', reopen: 'reopened', note: 'noted' } as const)[
    admission.admitted
  ];
  return { status, issue: viewOfIssue(issue) };
}

function subjectOf({ cluster, namespace, pod, workload }: IssueReport): Promise<IssueSubject> {
  const { clusterSubject } = proxyActivities<RemediationActivities>({
    ...INSPECT,
    taskQueue: clusterQueue(cluster),
    summary: pod ?? workload ?? '',
  });
  return clusterSubject({
    namespace,
    ...(pod === undefined ? {} : { pod }),
    ...(workload === undefined ? {} : { workload }),
  });
}

/** The wire is not trusted: nothing at all may have come. */
function isRecord(sent: unknown): boolean {
  return typeof sent === 'object' && sent !== null;
}

/** The wire is not trusted. */
function check({ kind, namespace, workload, pod, since }: IssueReport): void {
  if (!ISSUE_KINDS.includes(kind)) {
    throw rejection(
      'invalid-request',
      `there is no issue ${kind}; known: ${ISSUE_KINDS.join(', ')}`,
    );
  }
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw rejection('invalid-request', 'since is no point in time; write it as RFC 3339 does');
  }
  if (typeof namespace !== 'string' || (workload === undefined && pod === undefined)) {
    throw rejection(
      'invalid-request',
      'an issue is of a pod or a Kubernetes Deployment in a namespace',
    );
  }
  if (isSystemNamespace(namespace)) {
    throw rejection(
      'invalid-request',
      `${namespace} belongs to the cluster itself: nothing there is touched`,
    );
  }
}

/** Its own verdict decides: a new version that crashes goes back, it is not restarted. */
function refuseWhileDeploying({ ledger }: Target): void {
  const { running, halt } = ledger;
  if (running !== undefined) {
    const message = `deployment ${running.deploymentId} by ${running.actor} is on: its own verdict decides`;
    throw rejection('busy', message, running);
  }
  if (halt === undefined) return;
  throw rejection(
    'halted',
    `halted by deployment ${halt.deploymentId}: a person must act first`,
    halt,
  );
}

function refuseKnown(target: Target, { kind, since }: IssueReport, workload: string): void {
  const admission = admitReport(target.issues, issueKey(kind, workload), Date.now(), since);
  if ('full' in admission) throw fullOf(admission);
  if (!('known' in admission)) return;
  const { known: issue } = admission;
  throw rejection(
    'known-issue',
    `issue ${issue.key} is known, and ${issue.state}`,
    viewOfIssue(issue),
  );
}

function fullOf({ full }: { readonly full: number }) {
  return rejection(
    'issues-full',
    `${full} issues are open here, and no more are remembered: dismiss what is settled`,
  );
}

function known(target: Target, { issue: key }: Pick<IssueCommand, 'issue'>) {
  const issue = findIssue(target.issues, key);
  if (issue !== undefined) return issue;
  const others = target.issues.issues.map((one) => one.key).join(', ');
  throw rejection(
    'unknown-issue',
    `there is no issue ${key} here; known: ${others === '' ? 'none' : others}`,
  );
}
