import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplyRequest, Doom } from '@fairlead/contracts';
import { waitFor } from '@fairlead/testing/servers';
import { APPROVAL, createTargetStage } from '@fairlead/testing/workflows';

const stage = createTargetStage();
const {
  ask,
  cluster,
  deliveries,
  id,
  idle,
  ledger,
  recordOf,
  request,
  resultOf,
  rollback,
  signal,
  terminate,
  until,
  waitForApproval,
} = stage;

beforeAll(stage.start);
beforeEach(stage.renew);
afterAll(stage.stop);

describe('a deployment that was terminated', () => {
  it('halts its target, tells people, and lets only a rollback through', async () => {
    await ask(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');

    await terminate('lost');
    const view = await idle();

    expect(view.halt).toMatchObject({ deploymentId: id('lost') });
    expect(view.halt?.message).toContain('terminated');
    expect(view.halt?.left.map(({ kind }) => kind)).toEqual(['remove-canary', 'scale']);
    await waitFor(() => deliveries.sent.some(({ key }) => key === `${id('lost')}/lost/mail`), {
      deadlineMs: 60_000,
      what: 'the closing word',
    });
    await expect(ask(request('next'))).rejects.toMatchObject({
      cause: { type: 'halted' },
    });

    cluster.made.length = 0;
    await rollback('back');
    const result = await resultOf('back');

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

  it('ended as it said when it had only messages left to send', async () => {
    // At its last word, before it stops waiting for messages.
    let ended: Promise<unknown> | undefined;
    deliveries.before = ({ destination, event }) => {
      if (event.kind === 'deployment-completed') ended ??= terminate('said');
      return destination === 'chat' ? new Promise(() => undefined) : Promise.resolve();
    };
    await ask(request('said', { bakeMs: 0 }));
    await waitFor(() => ended !== undefined, { deadlineMs: 60_000, what: 'the last word' });
    await ended;
    const view = await idle();

    expect(view.halt).toBeUndefined();
    expect(view.present).toMatchObject({ deploymentId: id('said') });
    expect(view.totals.deployments.canary).toMatchObject({ succeeded: { count: 1 } });
    const told = deliveries.sent.filter(({ key }) => key.startsWith(`${id('said')}/`));
    expect(told.map(({ event }) => event.kind)).not.toContain('deployment-failed');
  });

  it('counts as a failed rollback, and says so, when it was going back', async () => {
    cluster.script.beforeApply = ({ lists }: ApplyRequest) =>
      lists.flat().some(({ kind }) => kind === 'remove-canary')
        ? new Promise(() => undefined)
        : undefined;
    await ask(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');
    await signal('lost', 'abort');
    await until('lost', ({ phase }) => phase === 'rolling-back', 'the way back');

    await terminate('lost');
    const view = await idle();
    await waitFor(() => deliveries.sent.some(({ key }) => key === `${id('lost')}/lost/mail`), {
      deadlineMs: 60_000,
      what: 'the closing word',
    });

    expect(view.totals.rollbacks.failed.count).toBe(1);
    expect(deliveries.sent.at(-1)?.event.mark).toBe('rollback-failed');
  });

  it('is gone over with --force, which puts back what was left first', async () => {
    await ask(request('lost', { canary: APPROVAL.canary }));
    await waitForApproval('lost');
    await terminate('lost');
    await idle();
    cluster.made.length = 0;

    await ask({ ...request('forced'), force: true });
    const result = await resultOf('forced');

    expect(result.outcome).toBe('succeeded');
    expect(cluster.made.slice(0, 4)).toEqual([
      'scale api 10',
      'await api stable 10 old',
      'remove-canary api',
      'canary api 1',
    ]);
  });

  it('keeps the queue waiting until someone has acted', async () => {
    await ask(request('lost', { canary: APPROVAL.canary }));
    await ask(request('queued', { onBusy: 'queue' }));
    await waitForApproval('lost');
    await terminate('lost');
    await waitFor(async () => (await ledger()).halt !== undefined, {
      deadlineMs: 60_000,
      what: 'the halt',
    });

    expect((await ledger()).queue).toHaveLength(1);
    await rollback('back');
    await resultOf('back');
    await idle();

    expect((await recordOf('queued')).outcome).toBe('succeeded');
  });
});

describe('rollback', () => {
  it('goes back to what ran before the first deployment of ours, and to a named one', async () => {
    await ask(request('first'));
    await resultOf('first');
    await idle();

    await rollback('back');
    const back = await resultOf('back');
    await idle();
    await rollback('again', 'first');
    const again = await resultOf('again');

    expect(back.outcome).toBe('succeeded');
    expect((await recordOf('back')).components).toMatchObject([
      { image: 'registry.example.com/api:1' },
    ]);
    // The scripted cluster always runs version 1, so going back to it is nothing to do.
    expect(again.runs).toMatchObject([{ image: 'registry.example.com/api:2' }]);
  });

  it('goes where the good run was, and again for the same one after it was aborted', async () => {
    const seen: string[] = [];
    cluster.script.beforeApply = ({ namespace }: ApplyRequest) => {
      seen.push(namespace);
      return undefined;
    };
    const image = (tag: number) => ({
      ...{ namespace: 'elsewhere', type: 'rolling' as const },
      components: [
        { name: 'api', workload: 'api', image: `registry.example.com/api:${tag}`, after: [] },
      ],
    });
    await ask(request('two', image(2)));
    await resultOf('two');
    await idle();
    await ask(request('three', image(3)));
    await resultOf('three');
    await idle();
    cluster.script.beforeApply = () => new Promise(() => undefined);
    await rollback('back', 'two');
    await until('back', ({ left }) => left.length > 0, 'the first change');
    await signal('back', 'abort');
    await resultOf('back');
    const halted = await idle();

    cluster.script.beforeApply = ({ namespace }: ApplyRequest) => {
      seen.push(namespace);
      return undefined;
    };
    cluster.made.length = 0;
    await rollback('again');
    const again = await resultOf('again');

    expect(halted.halt).toMatchObject({ kind: 'rollback', goal: id('two') });
    expect(again).toMatchObject({
      outcome: 'succeeded',
      runs: [{ image: 'registry.example.com/api:2' }],
    });
    expect(new Set(seen)).toEqual(new Set(['elsewhere']));
    // The image that is left for good need not come up again first.
    expect(cluster.made).toEqual(['images api old', 'images api new', 'await api stable 10 new']);
  });

  it('is refused when nothing ran before', async () => {
    await ask(request('refused', { components: [] }));
    await resultOf('refused');
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
    await ask(request('bad', { type: 'rolling' }));

    const result = await resultOf('bad');
    const view = await idle();

    expect(result).toMatchObject({ outcome: 'failed', rollback: 'failed' });
    expect(view.halt?.left.map(({ kind }) => kind)).toEqual(['images']);
    expect(view.totals.rollbacks.failed.count).toBe(1);
  });
});
