import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Doom } from '@fairlead/contracts';
import { abortSignal, abortUpdate, promoteUpdate } from '@fairlead/contracts/messages';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  READY_SECONDS,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';
import type {
  RecordingDeliveries,
  ScriptedCluster,
  WorkflowHarness,
} from '@fairlead/testing/workflows';

const DOOM: Doom = {
  component: 'api',
  workload: 'api',
  side: 'canary',
  reason: 'CrashLoopBackOff',
  message: 'container api of pod api-canary-1: back-off restarting failed container',
  since: '2026-01-01T00:00:00Z',
};

const SECONDS: unknown = expect.any(Number);

let cluster: ScriptedCluster;
let deliveries: RecordingDeliveries;
let harness: WorkflowHarness;
let number = 0;

beforeAll(async () => {
  cluster = createScriptedCluster();
  deliveries = createRecordingDeliveries();
  harness = await startWorkflowHarness(
    { ...cluster, ...forward(() => deliveries), lookupRecord: () => Promise.resolve(undefined) },
    { pacedDestinations: ['chat'] },
  );
});

afterAll(() => harness.stop());

beforeEach(() => {
  number += 1;
  cluster.made.length = 0;
  deliveries.sent.length = 0;
});

afterEach(() => {
  delete cluster.script.beforeApply;
  delete cluster.script.snapshot;
});

function forward(
  current: () => RecordingDeliveries,
): Pick<RecordingDeliveries, 'settingsSnapshot' | 'deliverBatch' | 'deliverOne'> {
  return {
    settingsSnapshot: (request) => current().settingsSnapshot(request),
    deliverBatch: (request) => current().deliverBatch(request),
    deliverOne: (request) => current().deliverOne(request),
  };
}

/** A target of its own for each test. */
function request(plan: Parameters<typeof requestOf>[1] = {}): ReturnType<typeof requestOf> {
  return requestOf(`d-${number}`, { application: `app-${number}`, ...plan });
}

describe('deployment', () => {
  it('takes a canary through its steps to promotion', async () => {
    await harness.request(request());

    const result = await harness.result(`d-${number}`);

    expect(result.outcome).toBe('succeeded');
    expect(cluster.made).toEqual([
      'canary api 1',
      'await api canary 1 new',
      'scale api 9',
      'canary api 5',
      'await api canary 5 new',
      'scale api 5',
      'images api new',
      'scale api 10',
      'await api stable 10 new',
      'remove-canary api',
    ]);
    const kinds = [
      'deployment-started',
      'canary-started',
      'canary-completed',
      'canary-promoted',
      'deployment-completed',
    ];
    expect(deliveries.kindsTo('mail')).toEqual(kinds);
    expect(deliveries.kindsTo('chat')).toEqual(kinds);
    expect(result.timings).toEqual({
      phases: {
        planned: SECONDS,
        deploying: SECONDS,
        canary: SECONDS,
        promoting: SECONDS,
        baking: SECONDS,
      },
      components: [{ name: 'api', seconds: SECONDS, readySeconds: READY_SECONDS }],
    });
  });

  it('goes back when pods are doomed in the middle of a step', async () => {
    cluster.script.beforeApply = ({ lists }) =>
      lists.flat().some(({ kind }) => kind === 'scale') &&
      cluster.made.length > 0 &&
      !undoing(lists)
        ? DOOM
        : undefined;
    await harness.request(request());

    const result = await harness.result(`d-${number}`);

    expect(result).toMatchObject({
      ...{ outcome: 'rolled-back', rollback: 'succeeded', left: [] },
      timings: { detectSeconds: SECONDS, safeSeconds: SECONDS },
    });
    expect(cluster.made.slice(-3)).toEqual([
      'scale api 10',
      'remove-canary api',
      'await api stable 10 old',
    ]);
    expect(deliveries.kindsTo('mail')).toEqual([
      'deployment-started',
      'canary-started',
      'deployment-failed',
      'rollback-initiated',
      'rollback-completed',
    ]);
  });

  it('goes back when the watch finds doomed pods during a pause', async () => {
    await harness.request(
      request({
        canary: {
          traffic: { router: 'gateway-api', route: 'shop' },
          steps: [
            { kind: 'weight', weight: 10 },
            { kind: 'pause', durationMs: 3_600_000 },
          ],
        },
      }),
    );
    await harness.until(`d-${number}`, ({ step }) => step === 2 && cluster.watching() > 0, 'pause');

    cluster.doom(DOOM);
    const result = await harness.result(`d-${number}`);

    expect(result.outcome).toBe('rolled-back');
    expect(cluster.made.slice(-2)).toEqual(['route api 0', 'remove-canary api']);
    expect((await harness.record(`d-${number}`)).error).toMatchObject({ type: 'CrashLoopBackOff' });
  });

  it('tells the failure first when someone aborts what has failed already', async () => {
    let held = false;
    cluster.script.beforeApply = ({ lists }) => {
      if (held || !lists.flat().some(({ kind }) => kind === 'images')) return undefined;
      held = true;
      return new Promise(() => undefined);
    };
    await harness.request(request());
    const handle = harness.client.workflow.getHandle(`deployment/d-${number}`);
    await waitFor(() => held && cluster.watching() > 0, {
      deadlineMs: 60_000,
      what: 'the promotion, which the canary is watched in',
    });
    cluster.doom(DOOM);
    await harness.until(`d-${number}`, ({ error }) => error !== undefined, 'the failure');

    const aborted = handle.executeUpdate(abortUpdate, { args: [{ actor: 'bob' }] });
    await expect(aborted).rejects.toMatchObject({ cause: { type: 'unfit-phase' } });
    const result = await harness.result(`d-${number}`);

    expect(result.outcome).toBe('rolled-back');
    expect(deliveries.kindsTo('mail').slice(-3)).toEqual([
      'deployment-failed',
      'rollback-initiated',
      'rollback-completed',
    ]);
  });

  it('waits for a promote, which is refused twice, and an abort after the end', async () => {
    await harness.request(
      request({
        canary: {
          traffic: { router: 'replicas' },
          steps: [{ kind: 'weight', weight: 20 }, { kind: 'approval' }],
        },
        bakeMs: 3_600_000,
      }),
    );
    const handle = harness.client.workflow.getHandle(`deployment/d-${number}`);
    await harness.until(`d-${number}`, ({ phase }) => phase === 'awaiting-approval', 'approval');

    await handle.executeUpdate(promoteUpdate, { args: [{ actor: 'bob' }] });
    await harness.until(`d-${number}`, ({ phase }) => phase === 'baking', 'bake');
    const again = handle.executeUpdate(promoteUpdate, { args: [{ actor: 'bob' }] });

    await expect(again).rejects.toMatchObject({
      cause: { type: 'unfit-phase', message: expect.stringContaining('already promoted') },
    });
    await handle.executeUpdate(abortUpdate, { args: [{ actor: 'bob', reason: 'slow' }] });
    expect((await harness.result(`d-${number}`)).outcome).toBe('rolled-back');
    expect(deliveries.kindsTo('mail')).not.toContain('deployment-failed');
  });

  it('takes signals from anyone, and ignores what does not fit', async () => {
    await harness.request(
      request({
        canary: { traffic: { router: 'replicas' }, steps: [{ kind: 'approval' }] },
      }),
    );
    const handle = harness.client.workflow.getHandle(`deployment/d-${number}`);
    await harness.until(`d-${number}`, ({ phase }) => phase === 'awaiting-approval', 'approval');

    await handle.signal('resume', { nonsense: [1] });
    await handle.signal('resume', { actor: 'bob' });
    await handle.signal('resume', { actor: 'bob' });
    await handle.signal('promote', 'not an object');
    const result = await harness.result(`d-${number}`);
    const { events } = await harness.record(`d-${number}`);

    expect(result.outcome).toBe('succeeded');
    expect(events.filter(({ kind }) => kind === 'command-ignored')).toMatchObject([
      { message: 'resume by a signal, ignored: it is not paused' },
      { message: 'resume by bob, ignored: it is not paused' },
    ]);
  });

  it('does what abort does when the workflow is cancelled', async () => {
    await harness.request(
      request({
        canary: {
          traffic: { router: 'replicas' },
          steps: [{ kind: 'weight', weight: 50 }, { kind: 'approval' }],
        },
      }),
    );
    const handle = harness.client.workflow.getHandle(`deployment/d-${number}`);
    await harness.until(`d-${number}`, ({ phase }) => phase === 'awaiting-approval', 'approval');

    await handle.cancel();
    const result = await harness.result(`d-${number}`);

    expect(result.outcome).toBe('rolled-back');
    expect(cluster.made.slice(-3)).toEqual([
      'scale api 10',
      'await api stable 10 old',
      'remove-canary api',
    ]);
  });

  it('interrupts a change that waits when it is aborted', async () => {
    cluster.script.beforeApply = ({ lists }) =>
      undoing(lists) ? undefined : new Promise<undefined>(() => undefined);
    await harness.request(request());
    const handle = harness.client.workflow.getHandle(`deployment/d-${number}`);
    await harness.until(`d-${number}`, ({ phase }) => phase === 'canary', 'canary');

    await handle.signal(abortSignal, { actor: 'ann' });
    const result = await harness.result(`d-${number}`);

    expect(result.outcome).toBe('rolled-back');
    expect(deliveries.kindsTo('mail')).toEqual([
      'deployment-started',
      'canary-started',
      'rollback-initiated',
      'rollback-completed',
    ]);
  });

  it('ends refused with nothing sent and nothing written when the plan cannot work', async () => {
    cluster.script.snapshot = {
      refusals: [
        { component: 'api', type: 'workload-missing', message: 'no Kubernetes Deployment api' },
      ],
    };
    await harness.request(request());

    const result = await harness.result(`d-${number}`);

    expect(result.outcome).toBe('refused');
    expect(cluster.made).toEqual([]);
    expect(deliveries.sent).toEqual([]);
  });

  it.each([
    ['canary', 'rolled-back'],
    ['health', 'rolled-back'],
    ['promotion', 'rolled-back'],
    ['rollback', 'failed'],
  ] as const)(
    'goes through the real way back when a failure is simulated at %s',
    async (place, outcome) => {
      await harness.request(request({ simulateFailure: place }));

      const result = await harness.result(`d-${number}`);

      expect(result.outcome).toBe(outcome);
      expect(cluster.made).toContain('canary api 1');
      if (outcome === 'failed') {
        expect(
          deliveries.kindsTo('mail').filter((kind) => kind === 'deployment-failed'),
        ).toHaveLength(2);
        expect(result.left).not.toEqual([]);
      }
    },
  );
});

function undoing(
  lists: Parameters<NonNullable<ScriptedCluster['script']['beforeApply']>>[0]['lists'],
): boolean {
  return lists.flat().some((change) => change.kind === 'remove-canary');
}
