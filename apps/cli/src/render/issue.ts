import type { Attempt, IssueState, IssueView, WorkloadHealth } from '@fairlead/contracts';
import type { TargetName } from '@fairlead/client/internal/targets/targets';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';
import { cell, table } from './table.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';

export interface TargetIssue {
  readonly target: TargetName;
  readonly issue: IssueView;
}

const HEADER = ['ISSUE', 'TARGET', 'STATE', 'ATTEMPTS', 'OPENED', 'BY', 'LAST'];

export function issuesTable(issues: readonly TargetIssue[]): string {
  if (issues.length === 0) return 'No issues.';
  return table(HEADER, issues.map(row)).join('\n');
}

function row({ target, issue }: TargetIssue): string[] {
  const last = issue.attempts.at(-1);
  return [
    issue.key,
    cell(targetWords(target)),
    issue.state,
    String(issue.made ?? issue.attempts.length),
    `${issue.openedAt.slice(0, 19)}Z`,
    cell(plain(issue.actor)),
    cell(last === undefined ? issue.gaveUp : `${last.action}: ${last.result}`),
  ];
}

/** A plain account of one issue: who saw it, what was tried, and what to do now. */
export function issueText({ target, issue }: TargetIssue, style: Style): string {
  const { key, namespace, workload, reason } = issue;
  return [
    style.bold(`${key} at ${targetWords(target)}: ${stateWords(issue.state, style)}`),
    `  ${workloadWords(workload)} in ${namespace}, seen by ${plain(issue.actor)} at ${issue.openedAt}`,
    ...(reason === undefined ? [] : [`  ${plain(reason)}`]),
    ...issue.attempts.flatMap(attemptLines),
    ...(issue.gaveUp === undefined ? [] : [`  given up: ${plain(issue.gaveUp)}`]),
    ...(issue.state === 'healed' && issue.attempts.length === 0 ? [WELL] : []),
    ...nextLines({ target, issue }),
  ].join('\n');
}

const WELL = '  it was well when it was looked at: nothing was done';

/** `statefulset/db` says what it is. */
function workloadWords(workload: string): string {
  return workload.includes('/') ? workload : `Kubernetes Deployment ${workload}`;
}

export function attemptLines(attempt: Attempt): string[] {
  const { at, action, result, detail, before, after } = attempt;
  return [
    `  ${at}  ${action}: ${result}: ${plain(detail)}`,
    ...(before === undefined ? [] : [`    before: ${healthWords(before)}`]),
    ...(after === undefined ? [] : [`    after:  ${healthWords(after)}`]),
  ];
}

function healthWords({ replicas, ready, restarts, words }: WorkloadHealth): string {
  const counts = `${ready} of ${replicas} ready, ${restarts} restarts`;
  return words === '' ? counts : `${counts}; ${plain(words)}`;
}

function stateWords(state: IssueState, style: Style): string {
  switch (state) {
    case 'healed':
      return style.green('healed');
    case 'given-up':
      return style.red('given up');
    default:
      return style.yellow(state);
  }
}

function nextLines({ target, issue }: TargetIssue): string[] {
  const place = `-e ${target.environment} -a ${target.application}`;
  switch (issue.state) {
    case 'proposed':
      return [
        ...(issue.proposes === undefined ? [] : [`  proposes: ${proposalWords(issue)}`]),
        `  next: \`fairlead approve ${issue.key} ${place}\` before ${issue.dueAt ?? 'it is given up'}`,
      ];
    case 'waiting':
      return [`  next: an attempt at ${issue.dueAt ?? 'once'}`];
    case 'given-up':
      return [
        `  next: look yourself; then \`fairlead dismiss ${issue.key} ${place}\`, and it may be tried anew`,
      ];
    default:
      return [];
  }
}

function proposalWords({ proposes, pod }: IssueView): string {
  const isOfPod = proposes === 'restart_pod' && pod !== undefined;
  return isOfPod ? `${proposes} ${plain(pod)}` : String(proposes);
}
