import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  forgetUpdate,
  requestDeploymentUpdate,
  withdrawUpdate,
} from '@fairlead/contracts/messages';
import { waitFor } from '@fairlead/testing/servers';
import { APPROVAL, createTargetStage } from '@fairlead/testing/workflows';

/** Started, and one workflow task: a run that waits and has done nothing yet. */
const FIRST_TASK_EVENTS = 4;

const stage = createTargetStage();
const {
  application,
  ask,
  deploymentOf,
  id,
  idle,
  ledger,
  recordOf,
  request,
  resultOf,
  signal,
  target,
  terminate,
  waitForApproval,
} = stage;

beforeAll(stage.start);
beforeEach(stage.renew);
afterAll(stage.stop);

describe('admission', () => {
  it('runs one of fifty simultaneous requests and tells the others by whom they are refused', async () => {
    const ids = Array.from({ length: 50 }, (_, i) => `r${i}`);

    const answers = await Promise.allSettled(
      ids.map((id) => ask(request(id, { canary: APPROVAL.canary }))),
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
    await deploymentOf(running!.deploymentId).signal('abort', {});
    await idle();
  });

  it('runs queued requests one after another', async () => {
    await ask(request('first', { canary: APPROVAL.canary }));
    const plan = { onBusy: 'queue' } as const;
    const second = await ask(request('second', plan));
    const third = await ask(request('third', plan));
    await waitForApproval('first');

    await signal('first', 'promote');
    await idle();

    expect([second, third]).toMatchObject([
      { status: 'queued', place: 1 },
      { status: 'queued', place: 2 },
    ]);
    const records = await Promise.all(['first', 'second', 'third'].map((name) => recordOf(name)));
    expect(records.map(({ outcome }) => outcome)).toEqual(Array(3).fill('succeeded'));
    expect(records[1]!.startedAt >= records[0]!.finishedAt!).toBe(true);
    expect(records[2]!.startedAt >= records[1]!.finishedAt!).toBe(true);
  });

  it('answers the same request with the same deployment in any phase, and after it continued as new', async () => {
    const same = request('same', { canary: APPROVAL.canary });
    const first = await ask(same);
    await waitForApproval('same');
    const before = await target().describe();

    const during = await target().executeUpdate(requestDeploymentUpdate, { args: [same] });
    await signal('same', 'promote');
    await idle();
    await waitFor(async () => (await target().describe()).runId !== before.runId, {
      deadlineMs: 60_000,
      what: 'the target to continue as new',
    });
    const after = await ask(same);

    const deploymentId = id('same');
    expect(first).toEqual({ status: 'started', deploymentId });
    expect(during).toEqual({ status: 'started', deploymentId });
    expect(after).toEqual({ status: 'ended', deploymentId, outcome: 'succeeded' });
    expect((await idle()).totals.deployments.canary?.succeeded?.count).toBe(1);
  });

  it('refuses a request ID that another target has used, and takes the next', async () => {
    await ask(request('mine'));
    await idle();
    const place = { environment: 'production' };

    const elsewhere = ask(request('mine', place));

    await expect(elsewhere).rejects.toMatchObject({
      cause: {
        type: 'request-id-taken',
        message: expect.stringContaining(`staging/${application()}`) as unknown,
      },
    });
    const next = await ask(request('other', place));
    expect(next.status).toBe('started');
    expect((await resultOf('other')).outcome).toBe('succeeded');
  });

  it('refuses a plan that is not one, or is of another target', async () => {
    const mine = request('mine');
    const foreign = { ...mine, plan: { ...mine.plan, environment: 'production' } };
    const broken = { ...mine, plan: { ...mine.plan, components: [{}] } };
    await ask(mine);

    for (const plan of [foreign, broken]) {
      const asked = target().executeUpdate(requestDeploymentUpdate, {
        args: [{ ...plan, requestId: id('odd') } as typeof mine],
      });
      await expect(asked).rejects.toMatchObject({ cause: { type: 'invalid-request' } });
    }
  });

  it('shows its ledger in the memo while it waits for the next', async () => {
    await ask(request('seen'));
    await idle();
    const idleRun = await waitFor(
      async () => {
        const now = await target().describe();
        return now.historyLength <= FIRST_TASK_EVENTS ? now : undefined;
      },
      { deadlineMs: 60_000, what: 'the target to continue as new' },
    );

    expect(idleRun.memo?.['ledger']).toMatchObject({
      totals: { deployments: { canary: { succeeded: { count: 1 } } } },
    });
  });

  it('takes a queued request back before it runs', async () => {
    await ask(request('first', { canary: APPROVAL.canary }));
    await ask(request('second', { onBusy: 'queue' }));
    await waitForApproval('first');

    const answer = await target().executeUpdate(withdrawUpdate, {
      args: [{ deploymentId: id('second'), actor: 'ann' }],
    });
    await signal('first', 'abort');
    const view = await idle();

    expect(answer).toEqual({ withdrawn: true });
    expect(view.totals.deployments.canary).toMatchObject({ 'rolled-back': { count: 1 } });
    await expect(recordOf('second')).rejects.toThrow();
  });
});

describe('forget', () => {
  it('takes --force to give up the way back of a halted target', async () => {
    await ask(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');
    await terminate('lost');
    await idle();
    const refused = target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });
    await expect(refused).rejects.toMatchObject({ cause: { type: 'halted' } });

    await target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann', force: true }] });

    await waitFor(async () => (await target().describe()).status.name === 'COMPLETED', {
      deadlineMs: 60_000,
      what: 'the target to end',
    });
  });

  it('is refused while a deployment runs, and ends the target when it is idle', async () => {
    await ask(request('first', { canary: APPROVAL.canary }));
    await waitForApproval('first');
    const busy = target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });
    await expect(busy).rejects.toMatchObject({ cause: { type: 'busy' } });
    await signal('first', 'abort');
    await idle();

    await target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });

    await waitFor(async () => (await target().describe()).status.name === 'COMPLETED', {
      deadlineMs: 60_000,
      what: 'the target to end',
    });
  });
});
