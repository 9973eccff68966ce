import {
  blastRadiusWorkflowId,
  remediationWorkflowId,
  targetWorkflowId,
} from '@fairlead/contracts';
import type { RemediationPolicy } from '@fairlead/contracts';
import { approveIssueUpdate, ledgerQuery, workloadWellSignal } from '@fairlead/contracts/messages';
import {
  createScriptedRemediation,
  remediationPolicyOf,
  reportIssue,
  requestOf,
} from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';
import type { WorkflowHarness } from '@fairlead/testing/workflows';

type Save = (name: string, workflowId: string, runId?: string) => Promise<void>;

/** Issues of targets that end in each way, and the attempts at them. */
export function createIssueRecorder() {
  const scripted = createScriptedRemediation();
  let policy: RemediationPolicy = remediationPolicyOf();

  async function record(harness: WorkflowHarness, save: Save): Promise<void> {
    const { client } = harness;
    const handle = (application: string) =>
      client.workflow.getHandle(targetWorkflowId('staging', application));
    const report = (application: string) =>
      reportIssue(client, {
        ...{ kind: 'pod_crash', environment: 'staging', application, cluster: 'default' },
        ...{ namespace: 'shop-staging', workload: 'api', source: 'watcher', actor: 'watcher' },
      });
    const untilHealed = (application: string) =>
      waitFor(
        async () => {
          const { issues = [] } = await handle(application).query(ledgerQuery);
          return issues.every(({ state }) => state === 'healed');
        },
        { deadlineMs: 30_000, what: `the issue of ${application} to be over` },
      );
    const saveTarget = async (name: string, application: string) => {
      const [started] = (await handle(application).fetchHistory()).events ?? [];
      const first = started?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
      if (typeof first !== 'string') throw new Error(`${application} has no first run`);
      await save(name, targetWorkflowId('staging', application), first);
    };
    const saveAttempt = (name: string, application: string) =>
      save(name, remediationWorkflowId('staging', application, 1));

    policy = remediationPolicyOf({ systems: ['gateway'] });
    await report('issue-healed');
    await saveTarget('target-issue-healed', 'issue-healed');
    await saveAttempt('remediation-helped', 'issue-healed');

    policy = remediationPolicyOf({ autoRemediate: false });
    await report('issue-approved');
    await handle('issue-approved').executeUpdate(approveIssueUpdate, {
      args: [{ issue: 'pod_crash/api', actor: 'ann' }],
    });
    await saveTarget('target-issue-approved', 'issue-approved');

    policy = remediationPolicyOf({ maxAttempts: 1 });
    scripted.results = ['refused'];
    await report('issue-given-up');
    await saveTarget('target-issue-given-up', 'issue-given-up');
    await saveAttempt('remediation-refused', 'issue-given-up');
    await handle('issue-given-up').signal(workloadWellSignal, {
      ...{ namespace: 'shop-staging', workload: 'api' },
    });
    await untilHealed('issue-given-up');
    await handle('issue-given-up').terminate('recorded');
    await save('target-workload-well', targetWorkflowId('staging', 'issue-given-up'));

    policy = remediationPolicyOf({ autoRemediate: false, approvalTimeoutMs: 500 });
    await report('issue-well-by-then');
    scripted.results = ['healthy'];
    await untilHealed('issue-well-by-then');
    await saveTarget('target-issue-well-by-then', 'issue-well-by-then');

    const verifying = Promise.withResolvers<undefined>();
    const verified = Promise.withResolvers<undefined>();
    scripted.beforeVerified = () => {
      verifying.resolve(undefined);
      return verified.promise;
    };
    policy = remediationPolicyOf();
    await report('issue-overtaken');
    await verifying.promise;
    await harness.request(requestOf('overtaking', { application: 'issue-overtaken', bakeMs: 50 }));
    await harness.result('overtaking');
    verified.resolve(undefined);
    await saveTarget('target-issue-overtaken', 'issue-overtaken');
    await saveAttempt('remediation-overtaken', 'issue-overtaken');

    const blastRadius = blastRadiusWorkflowId('staging');
    await client.workflow.getHandle(blastRadius).terminate('recorded');
    await save('blast-radius-asked', blastRadius);
  }

  return {
    activities: {
      ...scripted.activities,
      remediationPolicy: () => Promise.resolve(policy),
    },
    record,
  };
}
