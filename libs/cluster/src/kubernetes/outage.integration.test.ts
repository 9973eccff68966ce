import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/activity';
import { startClusterProxy, startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness, TcpProxy } from '@fairlead/testing/cluster';
import { waitFor } from '@fairlead/testing/servers';
import { createRunner, planCanary } from '../contract-suite/harness.ts';
import { shiftTo, undo } from '../contract-suite/plans.ts';
import type { Sight } from '../port.ts';
import { createKubernetesCluster } from './kubernetes-cluster.ts';
import type { KubernetesCluster } from './kubernetes-cluster.ts';

let harness: KubernetesHarness<KubernetesCluster>;
let proxy: TcpProxy;
let cluster: KubernetesCluster;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

beforeEach(async () => {
  const proxied = await startClusterProxy(harness.server);
  proxy = proxied.proxy;
  cluster = createKubernetesCluster({ kubeconfig: proxied.kubeconfig });
});

afterEach(async () => {
  cluster.close();
  await proxy.close();
});

/** What a watch of `name` has told last. */
function watch(namespace: string, name: string) {
  const seen: { last?: Sight<number | undefined> } = {};
  const watching = cluster.observeWorkload({ namespace, name }, (sight) => {
    seen.last = sight.fresh ? { fresh: true, value: sight.value?.workload.replicas } : sight;
  });
  return {
    seen,
    close: () => {
      watching.close();
    },
  };
}

function within10s<T>(condition: () => T | Promise<T>, what: string) {
  return waitFor(condition, { deadlineMs: 10_000, what });
}

async function untilReachable<T>(attempt: () => Promise<T>): Promise<T> {
  return within10s(async () => {
    try {
      return { answer: await attempt() };
    } catch (error) {
      if (error instanceof ApplicationFailure && error.type === 'cluster-unreachable') return false;
      throw error;
    }
  }, 'the API server to be reachable').then(({ answer }) => answer);
}

describe('F5: "API server away, or frozen: no decision without fresh data; resumes ≤ 10 s after; no storm"', () => {
  it('a watch says that it sees nothing, and sees what happened meanwhile once it is back', async () => {
    const { namespace } = await planCanary(harness, { replicas: 1 });
    const { seen, close } = watch(namespace, 'api');
    await within10s(() => seen.last?.fresh, 'a first view');
    const before = proxy.connections;

    proxy.cut();
    await within10s(() => seen.last?.fresh === false, 'the watch to lose sight');
    await harness.editReplicas(namespace, 'api', 2);
    await harness.fixtures.waitForAvailable(namespace, 'api');
    await within10s(() => proxy.connections - before >= 9, 'several attempts');
    expect(seen.last?.fresh).toBe(false);
    proxy.mend();

    await within10s(() => seen.last?.fresh && seen.last.value === 2, 'the present state');
    close();
    // Three watches, each with a growing pause between its attempts.
    expect(proxy.connections - before).toBeLessThan(60);
  });

  it('a wait is not decided while the API server is away, and goes on when it is back', async () => {
    const image = 'registry.test/api:slow-2';
    const { namespace, component } = await planCanary(harness, { image });
    const run = createRunner(cluster);
    // The cut may hit a call or the wait; a call that failed is made again, as Temporal would.
    const applied = untilReachable(() => run.apply(namespace, shiftTo(component, 10)));
    const canary = { namespace, name: 'api-canary' };
    await within10s(() => harness.cluster.workload(canary), 'the canary to be made');

    proxy.cut();
    await harness.fixtures.waitForAvailable(namespace, 'api-canary');
    proxy.mend();

    expect((await applied).doom).toBeUndefined();
  });

  it.each(['forward', 'on the way back'])(
    'an outage longer than the progress deadline changes no outcome, %s',
    async (way) => {
      const { namespace, component, run: near } = await planCanary(harness);
      if (way !== 'forward') await near.apply(namespace, shiftTo(component, 50));
      const list = way === 'forward' ? shiftTo(component, 10) : undo(component, { of: 'steps' });
      const run = createRunner(cluster);
      proxy.cut();
      const cutAtMs = performance.now();
      const over = { progressDeadlineMs: 1500 };

      const applied = untilReachable(() => run.apply(namespace, list, over));
      await within10s(() => performance.now() - cutAtMs > 3000, 'the outage to outlast it');
      proxy.mend();

      expect((await applied).doom).toBeUndefined();
    },
  );

  it('a doom that came while it was frozen is told within 10 s of its return', async () => {
    const image = 'registry.test/api:latecrash-2';
    const { namespace, component } = await planCanary(harness, { image });
    const run = createRunner(cluster);
    await run.apply(namespace, shiftTo(component, 10));
    const { doom } = run.watch(namespace, component, 'canary');
    let ended = false;
    void doom.then(() => (ended = true));
    const canary = { namespace, name: 'api-canary' };
    await within10s(
      async () => (await cluster.workload(canary)) !== undefined,
      'a live connection',
    );

    proxy.freeze();
    await within10s(async () => {
      const seen = await harness.cluster.workload(canary);
      return seen?.status.readyReplicas === 0;
    }, 'the crash');
    expect(ended).toBe(false);
    proxy.mend();

    await within10s(() => ended, 'the doom to be told');
    expect((await doom).reason).toBe('CrashLoopBackOff');
  });

  it('a call to it is answered with cluster-unreachable', async () => {
    proxy.cut();

    await expect(cluster.workload({ namespace: 'default', name: 'api' })).rejects.toMatchObject({
      type: 'cluster-unreachable',
      retryable: true,
    });
  });
});
