import { ActivityNotFoundError, WithStartWorkflowOperation } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { COMMAND_ACTIVITIES, CONTROL_QUEUE, deploymentWorkflowId } from '@fairlead/contracts';
import type {
  CommandEnd,
  DeploymentInput,
  DeploymentPlan,
  ForeignWork,
  Told,
  ToldType,
} from '@fairlead/contracts';
import { ledgerQuery, tellUpdate } from '@fairlead/contracts/messages';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  planOf,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';

const DEADLINE_MS = 60_000;
const COMMAND: ForeignWork = { source: 'command', tool: 'terraform', undoable: false, locks: true };
const EVENTS: ForeignWork = { source: 'events', tool: 'Argo CD', undoable: false, locks: true };

const deliveries = createRecordingDeliveries({ mail: 'keyed' });
const cluster = createScriptedCluster();
let harness: WorkflowHarness;
let number = 0;

beforeAll(async () => {
  harness = await startWorkflowHarness({
    ...cluster,
    ...deliveries,
    lookupRecord: () => Promise.resolve(undefined),
  });
});
beforeEach(() => {
  number += 1;
  deliveries.sent.length = 0;
  cluster.made.length = 0;
});
afterAll(() => harness.stop());

function id(): string {
  return `foreign-${number}`;
}

function plan(foreign: ForeignWork, more: Partial<DeploymentPlan> = {}): Partial<DeploymentPlan> {
  const nothing = { components: [], cluster: '', namespace: '', type: 'rolling' } as const;
  return { application: `app-${number}`, ...nothing, foreign, ...more };
}

function begin(foreign: ForeignWork, more?: Partial<DeploymentPlan>) {
  return harness.request(requestOf(id(), plan(foreign, more)));
}

function tell(type: ToldType, more: Partial<Told> = {}) {
  return harness.client.workflow
    .getHandle(deploymentWorkflowId(id()))
    .executeUpdate(tellUpdate, { args: [{ eventId: type, type, ...more }] });
}

/** As the process that runs the command: it waits until a worker has taken the activity up. */
function reporting(which: keyof typeof COMMAND_ACTIVITIES) {
  const at = { workflowId: deploymentWorkflowId(id()), activityId: COMMAND_ACTIVITIES[which] };
  const { activity } = harness.client;
  const taken = async (report: () => Promise<void>) =>
    waitFor(
      () =>
        report().then(
          () => true,
          (error: unknown) => {
            if (error instanceof ActivityNotFoundError) return false;
            throw error;
          },
        ),
      { deadlineMs: DEADLINE_MS, what: `the activity ${which}` },
    );
  return {
    beat: () => taken(() => activity.heartbeat(at)),
    end: (end: Omit<CommandEnd, 'output'>, output: readonly string[] = []) =>
      taken(() => activity.complete(at, { ...end, output })),
  };
}

function ledger() {
  return harness.client.workflow.getHandle(`target/staging/app-${number}`).query(ledgerQuery);
}

function words(): string[] {
  return deliveries.kindsTo('mail');
}

describe('a wrapped command', () => {
  it('that ends well is a deployment of its own source, and nothing in the cluster is touched', async () => {
    expect(await begin(COMMAND)).toMatchObject({ status: 'started' });

    await reporting('command').end({ exitCode: 0 }, ['Apply complete!']);
    await harness.result(id());

    expect(await harness.record(id())).toMatchObject({
      ...{ outcome: 'succeeded', source: 'command', tool: 'terraform' },
      output: ['Apply complete!'],
    });
    expect(words()).toEqual(['deployment-started', 'deployment-completed']);
    expect(cluster.made).toEqual([]);
    const { totals, present } = await ledger();
    expect(totals).toMatchObject({
      deployments: {},
      foreign: { command: { deployments: { rolling: { succeeded: { count: 1 } } } } },
    });
    expect(present).toBeUndefined();
  });

  it('that fails says how, and leaves the target open for the next', async () => {
    await begin(COMMAND);

    await reporting('command').end({ exitCode: 7 }, ['plan', 'no such bucket']);
    await harness.result(id());

    expect((await harness.record(id())).error).toMatchObject({
      type: 'command-failed',
      message: 'terraform ended with exit code 7: no such bucket',
    });
    expect(words()).toEqual(['deployment-started', 'deployment-failed']);
    expect((await ledger()).halt).toBeUndefined();
  });

  it.each([
    [0, 'rolled-back', 'rollback-completed'],
    [1, 'failed', 'deployment-failed'],
  ])(
    'is undone by its rollback command: exit code %i is %s',
    async (exitCode, outcome, closing) => {
      await begin({ ...COMMAND, undoable: true });
      await reporting('command').end({ exitCode: 1 });

      await reporting('undo').end({ exitCode });
      await harness.result(id());

      expect((await harness.record(id())).outcome).toBe(outcome);
      expect(words()).toEqual([
        'deployment-started',
        'deployment-failed',
        'rollback-initiated',
        closing,
      ]);
      const counted = (await ledger()).totals.foreign?.command?.rollbacks;
      expect(counted?.[exitCode === 0 ? 'succeeded' : 'failed'].count).toBe(1);
    },
  );

  it('holds its target’s lock: the next is refused or waits, before it starts', async () => {
    await begin(COMMAND);
    const other = (onBusy: 'refuse' | 'queue') =>
      harness.request(requestOf(`${id()}-${onBusy}`, plan(COMMAND, { onBusy })));

    await expect(other('refuse')).rejects.toMatchObject({ cause: { type: 'busy' } });
    expect(await other('queue')).toMatchObject({ status: 'queued', place: 1 });
    await reporting('command').end({ exitCode: 0 });
    await harness.result(id());
  });

  it('is asked to stop by an abort, and says itself how it ended', async () => {
    await begin(COMMAND);
    const command = reporting('command');
    await command.beat();
    await harness.client.workflow.getHandle(deploymentWorkflowId(id())).signal('abort', {
      actor: 'kim',
    });

    await expect(
      waitFor(() => command.beat().then(() => false), {
        deadlineMs: DEADLINE_MS,
        what: 'the request to stop',
      }),
    ).rejects.toMatchObject({ name: 'ActivityCancelledError' });
    await command.end({ exitCode: 143, signal: 'SIGTERM', stopped: true });
    await harness.result(id());

    expect((await harness.record(id())).error).toMatchObject({
      type: 'aborted',
      message: 'abort by kim: terraform ended by SIGTERM',
    });
  });

  it('takes progress from within, and no other word', async () => {
    await begin(COMMAND);

    expect(await tell('progress', { message: '3 of 9 applied' })).toMatchObject({ taken: 'new' });
    await expect(tell('succeeded')).rejects.toMatchObject({ cause: { type: 'unfit-phase' } });

    await reporting('command').end({ exitCode: 0 });
    await harness.result(id());
  });

  it('has a history that does not grow while it beats', async () => {
    await begin(COMMAND);
    const command = reporting('command');
    const length = async () =>
      (await harness.client.workflow.getHandle(deploymentWorkflowId(id())).describe())
        .historyLength;
    await command.beat();
    const told = async () => {
      const { deliveries: receipts } = await harness.record(id());
      return receipts.length > 0 && receipts.every(({ state }) => state !== 'pending');
    };
    await waitFor(told, { deadlineMs: DEADLINE_MS, what: 'its first word' });
    const before = await length();

    for (let beats = 0; beats < 300; beats += 1) await command.beat();

    expect(await length()).toBeLessThan(before + 5);
    await command.end({ exitCode: 0 });
    await harness.result(id());
  });
});

describe('a deployment that is told of', () => {
  it('goes as it is told, and takes each event once', async () => {
    await begin(EVENTS);

    expect(await tell('progress', { message: '2 of 3 waves' })).toMatchObject({ taken: 'new' });
    expect(await tell('progress')).toMatchObject({ taken: 'known' });
    await tell('rollback-begun', { message: 'health is Degraded' });
    await tell('rolled-back', { message: 'back at revision 41' });
    await harness.result(id());

    const record = await harness.record(id());
    expect(record).toMatchObject({
      ...{ outcome: 'rolled-back', source: 'events', tool: 'Argo CD' },
      error: { type: 'told-failed', message: 'health is Degraded' },
    });
    expect(record.events.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      'deployment-started: Argo CD by ann',
      'progress: 2 of 3 waves',
      'deployment-failed: health is Degraded',
      'rollback-initiated: health is Degraded',
      'rollback-completed: back at revision 41',
    ]);
  });

  it('happened when it was told to have happened', async () => {
    await begin({ ...EVENTS, begunAt: '2026-01-31T12:00:00Z' });

    await tell('succeeded', { at: '2026-01-31T12:05:00Z' });
    await harness.result(id());

    expect(await harness.record(id())).toMatchObject({
      ...{ startedAt: '2026-01-31T12:00:00Z', finishedAt: '2026-01-31T12:05:00Z' },
      durationSeconds: 300,
    });
  });

  it('that nobody finishes ends by what was expected, and says so', async () => {
    await begin(EVENTS, { expectedDurationMs: 1_500 });

    await harness.result(id());

    expect(await harness.record(id())).toMatchObject({
      outcome: 'failed',
      error: {
        type: 'overdue',
        message: expect.stringMatching(/^nobody told how it ended within/),
      },
    });
  });

  it.each([
    [{ type: 'begin' as ToldType }, 'invalid-request'],
    [{ at: '2999-01-01T00:00:00Z' }, 'invalid-request'],
    [{ eventId: 'again', type: 'succeeded' as const }, 'unfit-phase'],
  ])('refuses %j as %s', async (wrong, type) => {
    await begin(EVENTS);
    await tell('rollback-begun');

    await expect(tell('progress', wrong)).rejects.toMatchObject({ cause: { type } });
    await tell('rolled-back');
  });

  it('beside the lock is counted by its target, once', async () => {
    const input: DeploymentInput = {
      ...{ deploymentId: id(), kind: 'deploy', actor: 'argo-cd', leftovers: [] },
      plan: planOf(plan({ ...EVENTS, locks: false })),
      requestedAt: new Date().toISOString(),
    };
    const told = await harness.client.workflow.executeUpdateWithStart(tellUpdate, {
      args: [{ eventId: 'e1', type: 'succeeded' }],
      startWorkflowOperation: new WithStartWorkflowOperation('deployment', {
        ...{ workflowId: deploymentWorkflowId(id()), taskQueue: CONTROL_QUEUE, args: [input] },
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    });
    const result = await harness.result(id());
    const again = { result, systems: [] };
    await harness.client.workflow
      .getHandle(`target/staging/app-${number}`)
      .signal('countForeign', again);

    expect(told).toEqual({ deploymentId: id(), taken: 'new' });
    expect((await ledger()).totals.foreign?.events?.deployments.rolling?.succeeded?.count).toBe(1);
  });
});
