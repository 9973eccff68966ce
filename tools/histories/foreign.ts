import { WithStartWorkflowOperation } from '@temporalio/client';
import {
  COMMAND_ACTIVITIES,
  CONTROL_QUEUE,
  deploymentWorkflowId,
  WORKFLOW_TYPES,
} from '@fairlead/contracts';
import type { CommandEnd, DeploymentInput, ForeignWork, ToldType } from '@fairlead/contracts';
import { tellUpdate } from '@fairlead/contracts/messages';
import { planOf, requestOf } from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';

/** Of deployments that other tools make: one that beats, one that is told of, one told of when it was over. */
export async function recordForeign(harness: WorkflowHarness): Promise<void> {
  const { client } = harness;
  const plan = (name: string, foreign: Partial<ForeignWork>) => ({
    ...{ application: name, components: [], type: 'rolling' as const },
    foreign: { source: 'events', tool: 'helm', undoable: false, locks: true, ...foreign } as const,
  });
  const tell = (name: string, type: ToldType) =>
    client.workflow
      .getHandle(deploymentWorkflowId(name))
      .executeUpdate(tellUpdate, { args: [{ eventId: type, type }] });

  const command = { source: 'command', undoable: true } as const;
  await harness.request(requestOf('command', plan('command', command)));
  for (const activityId of Object.values(COMMAND_ACTIVITIES)) {
    const end: CommandEnd = { exitCode: activityId === 'undo' ? 0 : 1, output: ['no space left'] };
    const at = { workflowId: deploymentWorkflowId('command'), activityId };
    await waitFor(
      () =>
        client.activity.complete(at, end).then(
          () => true,
          () => false,
        ),
      { deadlineMs: 20_000, what: `the activity ${activityId}` },
    );
  }
  await harness.result('command');

  await harness.request(requestOf('told', plan('told', {})));
  for (const type of ['progress', 'rollback-begun', 'rolled-back'] as const) {
    await tell('told', type);
  }
  await harness.result('told');

  const past: DeploymentInput = {
    ...{ deploymentId: 'past', kind: 'deploy', actor: 'ann', leftovers: [] },
    plan: planOf(plan('past', { locks: false, begunAt: '2026-01-31T12:00:00Z' })),
    requestedAt: '2026-01-31T12:00:00Z',
  };
  await client.workflow.executeUpdateWithStart(tellUpdate, {
    args: [{ eventId: 'end', type: 'succeeded', at: '2026-01-31T12:05:00Z' }],
    startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOW_TYPES.deployment, {
      ...{ workflowId: deploymentWorkflowId('past'), taskQueue: CONTROL_QUEUE, args: [past] },
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  });
  await harness.result('past');
}
