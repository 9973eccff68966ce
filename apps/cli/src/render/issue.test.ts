import { describe, expect, it } from '@jest/globals';
import type { Attempt, IssueView } from '@fairlead/contracts';
import { issuesTable, issueText } from './issue.ts';
import { createStyle } from './style.ts';

const AT = '2026-01-02T03:04:05.000Z';
const target = { environment: 'staging', application: 'shop' };
const plainStyle = createStyle(false);

function anIssue(over: Partial<IssueView> = {}): IssueView {
  return {
    ...{ key: 'pod_crash/api', kind: 'pod_crash', namespace: 'shop-staging', cluster: 'default' },
    ...{ workload: 'api', source: 'watcher', actor: 'watcher', state: 'healed' },
    ...{ openedAt: AT, reportedAt: AT, attempts: [] },
    ...over,
  };
}

const TRIED: Attempt = {
  ...{ number: 1, action: 'restart_pod', at: AT, result: 'not-helped' },
  detail: 'deleted pod api-1; crashed again\u001b[31m',
  before: { replicas: 2, ready: 1, restarts: 4, healthy: false, words: 'api-1: CrashLoopBackOff' },
  after: { replicas: 2, ready: 1, restarts: 1, healthy: false, words: '' },
};

describe('an issue', () => {
  it('is told with what was tried, before and after, in plain text', () => {
    const issue = anIssue({ state: 'waiting', dueAt: AT, attempts: [TRIED], reason: 'it crashes' });

    expect(issueText({ target, issue }, plainStyle)).toBe(
      [
        'pod_crash/api at staging/shop: waiting',
        `  Kubernetes Deployment api in shop-staging, seen by watcher at ${AT}`,
        '  it crashes',
        `  ${AT}  restart_pod: not-helped: deleted pod api-1; crashed again`,
        '    before: 1 of 2 ready, 4 restarts; api-1: CrashLoopBackOff',
        '    after:  1 of 2 ready, 1 restarts',
        `  next: an attempt at ${AT}`,
      ].join('\n'),
    );
  });

  it.each([
    ['proposed', `  next: \`fairlead approve pod_crash/api -e staging -a shop\` before ${AT}`],
    ['given-up', '`fairlead dismiss pod_crash/api -e staging -a shop`'],
  ] as const)('that is %s says what to do', (state, words) => {
    const issue = anIssue({ state, dueAt: AT, gaveUp: 'nothing helps' });

    expect(issueText({ target, issue }, plainStyle)).toContain(words);
  });

  it('that is proposed says what would be done', () => {
    const proposed = { state: 'proposed', proposes: 'restart_pod', dueAt: AT } as const;

    expect(issueText({ target, issue: anIssue(proposed) }, plainStyle)).toContain(
      '  proposes: restart_pod',
    );
  });

  it('that was well by itself says that nothing was done', () => {
    const issue = anIssue({ state: 'healed', attempts: [] });

    expect(issueText({ target, issue }, plainStyle)).toContain('was well when it was looked at');
  });

  it('of a StatefulSet is called so', () => {
    const issue = anIssue({ workload: 'statefulset/db' });

    expect(issueText({ target, issue }, plainStyle)).toContain('  statefulset/db in shop-staging,');
  });

  it('is a line of a table, and none is said so', () => {
    const issue = anIssue({ attempts: [TRIED] });

    expect(issuesTable([{ target, issue }]).split('\n')[1]).toBe(
      'pod_crash/api  staging/shop  healed  1         2026-01-02T03:04:05Z  watcher  restart_pod: not-helped',
    );
    expect(issuesTable([])).toBe('No issues.');
  });
});
