import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AdmissionAnswer, ApplyRequest, Doom, LedgerView } from '@fairlead/contracts';
import {
  forgetUpdate,
  ledgerQuery,
  requestRollbackUpdate,
  withdrawUpdate,
} from '@fairlead/contracts/messages';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  planOf,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type {
  RecordingDeliveries,
  ScriptedCluster,
  WorkflowHarness,
} from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';

/** Started, and one workflow task: a run that waits and has done nothing yet. */
const FIRST_TASK_EVENTS = 4;
const APPROVAL = planOf({
  canary: {
    traffic: { router: 'replicas' },
    steps: [{ kind: 'weight', weight: 10 }, { kind: 'approval' }],
  },
});

let cluster: ScriptedCluster;
let deliveries: RecordingDeliveries;
let harness: WorkflowHarness;
let number = 0;

beforeAll(async () => {
  cluster = createScriptedCluster();
  deliveries = createRecordingDeliveries({ mail: 'keyed' });
  harness = await startWorkflowHarness({
    ...cluster,
    ...deliveries,
    lookupRecord: ({ deploymentId }) => harness.record(deploymentId),
  });
});

afterAll(() => harness.stop());

beforeEach(() => {
  number += 1;
  cluster.made.length = 0;
});

afterEach(() => {
  delete cluster.script.beforeApply;
});

function application(): string {
  return `app-${number}`;
}

function request(
  id: string,
  plan: Parameters<typeof requestOf>[1] = {},
): ReturnType<typeof requestOf> {
  return requestOf(`${id}-${number}`, { application: application(), ...plan });
}

function target() {
  return harness.client.workflow.getHandle(`target/staging/${application()}`);
}

function ledger(): Promise<LedgerView> {
  return target().query(ledgerQuery);
}

async function idle(): Promise<LedgerView> {
  let last: LedgerView | undefined;
  await waitFor(
    async () => {
      last = await ledger();
      return last.running === undefined && last.queue.length === 0;
    },
    { deadlineMs: 30_000, what: 'the target to be idle' },
  );
  return last!;
}

function waitForApproval(id: string) {
  return harness.until(`${id}-${number}`, ({ phase }) => phase === 'awaiting-approval', 'approval');
}

function signal(id: string, name: 'promote' | 'abort'): Promise<void> {
  return harness.client.workflow.getHandle(`deployment/${id}-${number}`).signal(name, {});
}

function terminate(id: string) {
  return harness.client.workflow.getHandle(`deployment/${id}-${number}`).terminate('test');
}

function rollback(id: string, to?: string): Promise<AdmissionAnswer> {
  return target().executeUpdate(requestRollbackUpdate, {
    args: [
      {
        requestId: `${id}-${number}`,
        plan: planOf({ application: application() }),
        actor: 'ann',
        ...(to === undefined ? {} : { to: `${to}-${number}` }),
      },
    ],
  });
}

describe('admission', () => {
  it('runs one of fifty simultaneous requests and tells the others by whom they are refused', async () => {
    const ids = Array.from({ length: 50 }, (_, i) => `r${i}`);

    const answers = await Promise.allSettled(
      ids.map((id) => harness.request(request(id, { canary: APPROVAL.canary }))),
    );

    const started = answers.filter(({ status }) => status === 'fulfilled');
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(started).toHaveLength(1);
    expect(refused).toHaveLength(49);
    const { running } = await ledger();
    for (const { reason } of refused) {
      expect(reason).toMatchObject({
        cause: { type: 'busy', details: [{ deploymentId: running?.deploymentId, actor: 'ann' }] },
      });
    }
    const { historyLength } = await target().describe();
    // A rejected update writes no history; fifty accepted ones would have written 250 events.
    expect(historyLength).toBeLessThan(40);
    await harness.client.workflow
      .getHandle(`deployment/${running!.deploymentId}`)
      .signal('abort', {});
    await idle();
  });

  it('runs queued requests one after another', async () => {
    await harness.request(request('first', { canary: APPROVAL.canary }));
    const plan = { onBusy: 'queue' } as const;
    const second = await harness.request(request('second', plan));
    const third = await harness.request(request('third', plan));
    await waitForApproval('first');

    await signal('first', 'promote');
    await idle();

    expect([second, third]).toMatchObject([
      { status: 'queued', place: 1 },
      { status: 'queued', place: 2 },
    ]);
    const records = await Promise.all(
      ['first', 'second', 'third'].map((id) => harness.record(`${id}-${number}`)),
    );
    expect(records.map(({ outcome }) => outcome)).toEqual(Array(3).fill('succeeded'));
    expect(records[1]!.startedAt >= records[0]!.finishedAt!).toBe(true);
    expect(records[2]!.startedAt >= records[1]!.finishedAt!).toBe(true);
  });

  it('answers the same request with the same deployment in any phase, and after it continued as new', async () => {
    const same = request('same', { canary: APPROVAL.canary });
    const first = await harness.request(same);
    await waitForApproval('same');
    const before = await target().describe();

    const during = await harness.client.workflow
      .getHandle(before.workflowId)
      .executeUpdate<AdmissionAnswer, [typeof same]>('requestDeployment', { args: [same] });
    await signal('same', 'promote');
    await idle();
    await waitFor(async () => (await target().describe()).runId !== before.runId, {
      deadlineMs: 10_000,
      what: 'the target to continue as new',
    });
    const after = await harness.request(same);

    const deploymentId = `same-${number}`;
    expect(first).toEqual({ status: 'started', deploymentId });
    expect(during).toEqual({ status: 'started', deploymentId });
    expect(after).toEqual({ status: 'ended', deploymentId, outcome: 'succeeded' });
    expect((await idle()).totals.deployments.canary?.succeeded?.count).toBe(1);
  });

  it('shows its ledger in the memo while it waits for the next', async () => {
    await harness.request(request('seen'));
    await idle();
    const idleRun = await waitFor(
      async () => {
        const now = await target().describe();
        return now.historyLength <= FIRST_TASK_EVENTS ? now : undefined;
      },
      { deadlineMs: 10_000, what: 'the target to continue as new' },
    );

    expect(idleRun.memo?.['ledger']).toMatchObject({
      totals: { deployments: { canary: { succeeded: { count: 1 } } } },
    });
  });

  it('takes a queued request back before it runs', async () => {
    await harness.request(request('first', { canary: APPROVAL.canary }));
    await harness.request(request('second', { onBusy: 'queue' }));
    await waitForApproval('first');

    const answer = await target().executeUpdate(withdrawUpdate, {
      args: [{ deploymentId: `second-${number}`, actor: 'ann' }],
    });
    await signal('first', 'abort');
    const view = await idle();

    expect(answer).toEqual({ withdrawn: true });
    expect(view.totals.deployments.canary).toMatchObject({ 'rolled-back': { count: 1 } });
    await expect(harness.record(`second-${number}`)).rejects.toThrow();
  });
});

describe('a deployment that was terminated', () => {
  it('halts its target, tells people, and lets only a rollback through', async () => {
    await harness.request(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');

    await terminate('lost');
    const view = await idle();

    expect(view.halt).toMatchObject({ deploymentId: `lost-${number}` });
    expect(view.halt?.message).toContain('terminated');
    expect(view.halt?.left.map(({ kind }) => kind)).toEqual(['remove-canary', 'scale']);
    await waitFor(() => deliveries.sent.some(({ key }) => key === `lost-${number}/lost/mail`), {
      deadlineMs: 10_000,
      what: 'the closing word',
    });
    await expect(harness.request(request('next'))).rejects.toMatchObject({
      cause: { type: 'halted' },
    });

    cluster.made.length = 0;
    await rollback('back');
    const result = await harness.result(`back-${number}`);

    expect(result).toMatchObject({ outcome: 'succeeded', kind: 'rollback', left: [] });
    expect(cluster.made.slice(0, 3)).toEqual([
      'scale api 10',
      'await api stable 10 old',
      'remove-canary api',
    ]);
    const after = await idle();
    expect(after.halt).toBeUndefined();
    expect(after.totals.rollbacks.succeeded.count).toBe(1);
    expect(after.totals.deployments.canary?.failed?.count).toBe(1);
  });

  it('is gone over with --force, which puts back what was left first', async () => {
    await harness.request(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');
    await terminate('lost');
    await idle();
    cluster.made.length = 0;

    await harness.request({ ...request('forced'), force: true });
    const result = await harness.result(`forced-${number}`);

    expect(result.outcome).toBe('succeeded');
    expect(cluster.made.slice(0, 4)).toEqual([
      'scale api 10',
      'await api stable 10 old',
      'remove-canary api',
      'canary api 1',
    ]);
  });

  it('keeps the queue waiting until someone has acted', async () => {
    await harness.request(request('lost', { canary: APPROVAL.canary }));
    await harness.request(request('queued', { onBusy: 'queue' }));
    await waitForApproval('lost');
    await terminate('lost');
    await waitFor(async () => (await ledger()).halt !== undefined, {
      deadlineMs: 10_000,
      what: 'the halt',
    });

    expect((await ledger()).queue).toHaveLength(1);
    await rollback('back');
    await harness.result(`back-${number}`);
    await idle();

    expect((await harness.record(`queued-${number}`)).outcome).toBe('succeeded');
  });
});

describe('rollback', () => {
  it('goes back to what ran before the first deployment of ours, and to a named one', async () => {
    await harness.request(request('first'));
    await harness.result(`first-${number}`);
    await idle();

    await rollback('back');
    const back = await harness.result(`back-${number}`);
    await idle();
    await rollback('again', 'first');
    const again = await harness.result(`again-${number}`);

    expect(back.outcome).toBe('succeeded');
    expect((await harness.record(`back-${number}`)).components).toMatchObject([
      { image: 'registry.example.com/api:1' },
    ]);
    // The scripted cluster always runs version 1, so going back to it is nothing to do.
    expect(again.runs).toMatchObject([{ image: 'registry.example.com/api:2' }]);
  });

  it('is refused when nothing ran before', async () => {
    await harness.request(request('refused', { components: [] }));
    await harness.result(`refused-${number}`);
    await idle();

    await expect(rollback('back')).rejects.toMatchObject({
      cause: { type: 'nothing-to-roll-back' },
    });
  });

  it('counts a failed way back once and stays halted with what is left', async () => {
    const doom: Doom = {
      component: 'api',
      workload: 'api',
      side: 'stable',
      reason: 'CrashLoopBackOff',
      message: 'old pods crash too',
      since: '2026-01-01T00:00:00Z',
    };
    cluster.script.beforeApply = ({ lists }: ApplyRequest) =>
      lists.flat().some(({ kind }) => kind === 'await') ? doom : undefined;
    await harness.request(request('bad', { type: 'rolling' }));

    const result = await harness.result(`bad-${number}`);
    const view = await idle();

    expect(result).toMatchObject({ outcome: 'failed', rollback: 'failed' });
    expect(view.halt?.left.map(({ kind }) => kind)).toEqual(['images']);
    expect(view.totals.rollbacks.failed.count).toBe(1);
  });
});

describe('forget', () => {
  it('takes --force to give up the way back of a halted target', async () => {
    await harness.request(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');
    await terminate('lost');
    await idle();
    const refused = target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });
    await expect(refused).rejects.toMatchObject({ cause: { type: 'halted-forget' } });

    await target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann', force: true }] });

    await waitFor(async () => (await target().describe()).status.name === 'COMPLETED', {
      deadlineMs: 10_000,
      what: 'the target to end',
    });
  });

  it('is refused while a deployment runs, and ends the target when it is idle', async () => {
    await harness.request(request('first', { canary: APPROVAL.canary }));
    await waitForApproval('first');
    const busy = target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });
    await expect(busy).rejects.toMatchObject({ cause: { type: 'busy' } });
    await signal('first', 'abort');
    await idle();

    await target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });

    await waitFor(async () => (await target().describe()).status.name === 'COMPLETED', {
      deadlineMs: 10_000,
      what: 'the target to end',
    });
  });
});
