import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import type { ApplyRequest, ApplyResult } from '@fairlead/contracts';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import type { Info } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createClusterActivities } from './activities.ts';
import { planCanary, QUIET } from './contract-suite/harness.ts';
import type { Planned } from './contract-suite/harness.ts';
import { promote, shiftTo, undo } from './contract-suite/plans.ts';
import type { Cluster } from './port.ts';
import { createSimulatedCluster } from './simulated/index.ts';
import { simulatedHarness } from './simulated/harness.ts';

type BeforeCall = (method: keyof Cluster) => void;

/** A simulated cluster whose calls a test may disturb once the run is planned. */
async function planned(image?: string, readyAfterMs = 5) {
  let disturb: BeforeCall = () => undefined;
  const cluster = createSimulatedCluster({
    readyAfterMs,
    beforeCall: (method) => {
      disturb(method);
    },
  });
  const plan = await planCanary(simulatedHarness(cluster), image === undefined ? {} : { image });
  return {
    ...plan,
    cluster,
    disturb(next: BeforeCall) {
      disturb = next;
    },
  };
}

function requestOf({
  namespace,
  component,
}: Pick<Planned, 'namespace' | 'component'>): ApplyRequest {
  return {
    deploymentId: 'dep-1',
    namespace,
    lists: [shiftTo(component, 10)],
    progressDeadlineMs: 60_000,
  };
}

function environment(info: Partial<Info> = {}) {
  return new MockActivityEnvironment(info, { logger: QUIET });
}

function apply(
  cluster: Cluster,
  request: ApplyRequest,
  where = environment(),
  now: () => number = Date.now,
) {
  const activities = createClusterActivities({ cluster, now });
  return where.run<[ApplyRequest], ApplyResult, (one: ApplyRequest) => Promise<ApplyResult>>(
    (one) => activities.clusterApply(one),
    request,
  );
}

describe('clusterApply', () => {
  it('heartbeats while it waits', async () => {
    const plan = await planned('registry.test/api:slow-2');
    const where = environment();
    const beat = new Promise((resolve) => where.once('heartbeat', resolve));

    const applied = apply(plan.cluster, requestOf(plan), where).catch((error: unknown) => error);
    await beat;
    where.cancel();

    expect(await applied).toBeInstanceOf(CancelledFailure);
  });

  it('finishes the call that it is in when it is cancelled, and makes no other', async () => {
    const plan = await planned();
    const where = environment();
    const calls: string[] = [];
    plan.disturb((method) => {
      calls.push(method);
      if (method === 'createWorkload') where.cancel();
    });

    const applied = apply(plan.cluster, requestOf(plan), where);

    await expect(applied).rejects.toBeInstanceOf(CancelledFailure);
    plan.disturb(() => undefined);
    const canary = { namespace: plan.namespace, name: 'api-canary' };
    expect(calls.at(-1)).toBe('createWorkload');
    expect(await plan.cluster.workload(canary)).toBeDefined();
  });

  it('reads again when someone else wrote in between, a few times', async () => {
    const plan = await planned();
    let conflicts = 0;
    plan.disturb((method) => {
      if (method !== 'patchWorkload' || conflicts >= 3) return;
      conflicts += 1;
      throw new AdapterError('cluster-conflict', 'changed');
    });

    const { doom } = await apply(plan.cluster, requestOf(plan));

    expect(doom).toBeUndefined();
    expect(conflicts).toBe(3);
  });

  it('fails with cluster-conflict, to be tried again, when that does not end', async () => {
    const plan = await planned();
    plan.disturb((method) => {
      if (method === 'patchWorkload') throw new AdapterError('cluster-conflict', 'changed');
    });

    const applied = apply(plan.cluster, requestOf(plan));

    await expect(applied).rejects.toMatchObject({ type: 'cluster-conflict', nonRetryable: false });
  });

  it('keeps the wait that the API server asks for', async () => {
    const plan = await planned();
    plan.disturb(() => {
      throw new AdapterError('cluster-throttled', 'later', { retryAfterMs: 2000 });
    });

    const error: unknown = await apply(plan.cluster, requestOf(plan)).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(ApplicationFailure);
    expect(error).toMatchObject({ type: 'cluster-throttled', nextRetryDelay: 2000 });
  });

  it('calls everything else a defect, and lets nothing of it out', async () => {
    const plan = await planned();
    plan.disturb(() => {
      throw new TypeError('token s3cr3t is not a function');
    });

    const error: unknown = await apply(plan.cluster, requestOf(plan)).catch((e: unknown) => e);

    expect(error).toMatchObject({ type: 'defect', nonRetryable: true, category: undefined });
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cr3t');
  });

  /** Its pods came up when they did. */
  function untimed({ observed, ...result }: ApplyResult): object {
    return { ...result, observed: observed.map((one) => ({ ...one, readySeconds: undefined })) };
  }

  it('goes on from where it was after any call was the last of a killed worker', async () => {
    const fresh = await planned();
    const request = requestOf(fresh);
    let calls = 0;
    fresh.disturb(() => (calls += 1));
    const expected = untimed(await apply(fresh.cluster, request));

    for (let dies = 1; dies <= calls; dies += 1) {
      const plan = await planned();
      let done = 0;
      plan.disturb(() => {
        done += 1;
        if (done === dies) throw new AdapterError('cluster-unreachable', 'killed');
      });
      await apply(plan.cluster, requestOf(plan)).catch(() => undefined);
      plan.disturb(() => undefined);

      expect(untimed(await apply(plan.cluster, requestOf(plan)))).toEqual(expected);
    }
  });

  it('stops the other lists when one is doomed', async () => {
    const plan = await planned('registry.test/api:crashloop-2');
    plan.cluster.seedWorkload({ namespace: plan.namespace, name: 'web', image: 'web:1' });
    const [web] = (
      await plan.run.snapshot({
        namespace: plan.namespace,
        components: [{ name: 'web', workload: 'web', image: 'web:neverready-2', after: [] }],
      })
    ).components;
    const lists = [shiftTo(plan.component, 10), web === undefined ? [] : shiftTo(web, 10)];

    const { doom, observed } = await apply(plan.cluster, { ...requestOf(plan), lists });

    expect(doom?.component).toBe('api');
    expect(observed.map(({ component }) => component)).toEqual(['api', 'web']);
  });
});

describe('a deadline of clusterApply', () => {
  const FAR_MS = 10 * 60_000;

  /** Attempts of one activity, by a clock that the test puts forward. */
  function attempts(cluster: Cluster) {
    let aheadMs = 0;
    let heartbeatDetails: unknown;

    /** Ends as a worker ends that is killed after a heartbeat: with no word. */
    async function killed(request: ApplyRequest, { afterMs = 0 } = {}): Promise<void> {
      const where = environment({ heartbeatDetails });
      const result = apply(cluster, request, where, now).catch(() => undefined);
      await waiting(where);
      aheadMs += afterMs;
      heartbeatDetails = await waiting(where);
      where.cancel();
      await result;
    }

    function now() {
      return Date.now() + aheadMs;
    }

    return {
      killed,
      last: (request: ApplyRequest) =>
        apply(cluster, request, environment({ heartbeatDetails, heartbeatTimeoutMs: 8000 }), now),
      pass: (ms: number) => {
        aheadMs += ms;
      },
    };
  }

  /** The next heartbeat of a wait. */
  async function waiting(where: MockActivityEnvironment): Promise<unknown> {
    for (;;) {
      const details = await new Promise<unknown>((resolve) => where.once('heartbeat', resolve));
      if (Object.keys(details as object).length > 0) return details;
    }
  }

  const WAYS = [
    ['forward', ({ component }: Planned) => [[], shiftTo(component, 10)]],
    [
      'on the way back',
      ({ component }: Planned) => [
        [...shiftTo(component, 50), ...promote(component).slice(0, 1)],
        undo(component),
      ],
    ],
  ] as const;

  it.each(WAYS)('is not met by an outage before the first write, %s', async (_way, lists) => {
    const plan = await planned();
    const [before = [], list = []] = lists(plan);
    await apply(plan.cluster, { ...requestOf(plan), lists: [before] });
    const request = { ...requestOf(plan), lists: [list] };
    const { last, pass } = attempts(plan.cluster);
    plan.cluster.setReachable(false);
    await expect(last(request)).rejects.toMatchObject({ type: 'cluster-unreachable' });

    pass(FAR_MS);
    plan.cluster.setReachable(true);

    expect((await last(request)).doom).toBeUndefined();
  });

  it.each(WAYS)('is not met while no worker is there, %s', async (_way, lists) => {
    const plan = await planned(undefined, 900);
    const [before = [], list = []] = lists(plan);
    await apply(plan.cluster, { ...requestOf(plan), lists: [before] });
    const request = { ...requestOf(plan), lists: [list] };
    const { killed, last, pass } = attempts(plan.cluster);
    await killed(request);

    pass(FAR_MS);

    expect((await last(request)).doom).toBeUndefined();
  });

  it('is met by a retry when the attempts together have had its time', async () => {
    const plan = await planned('registry.test/api:neverready-2');
    const { killed, last } = attempts(plan.cluster);
    await killed(requestOf(plan), { afterMs: 59_500 });

    const { doom } = await last(requestOf(plan));

    expect(doom?.reason).toBe('ProgressDeadline');
  });
});
