import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness, WorkloadFixture } from '@fairlead/testing/cluster';
import type { ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { createRunner, OLD_IMAGE, planCanary } from '../contract-suite/harness.ts';
import type { Planned } from '../contract-suite/harness.ts';
import { shiftTo } from '../contract-suite/plans.ts';
import { createKubernetesCluster } from '../kubernetes/index.ts';
import type { KubernetesCluster } from '../kubernetes/index.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

async function planRolling(
  image: string,
  fixture: Partial<WorkloadFixture> = {},
): Promise<Planned> {
  const namespace = await harness.createNamespace();
  await harness.seedWorkload({ namespace, name: 'api', image: OLD_IMAGE, replicas: 1, ...fixture });
  const run = createRunner(harness.cluster);
  const { components } = await run.snapshot({
    namespace,
    type: 'rolling',
    components: [{ name: 'api', workload: 'api', image, after: [] }],
  });
  const [component] = components;
  if (component === undefined) throw new Error('refused');
  return { namespace, component, run };
}

function rolling(component: ComponentSnapshot): ClusterChange[] {
  return [
    { kind: 'images', component, to: 'new' },
    { kind: 'await', component, side: 'stable', replicas: component.replicas, images: 'new' },
  ];
}

describe('"Judge only when status.observedGeneration has reached metadata.generation"', () => {
  it('a healthy old version is not taken for the new one in the moment after the write', async () => {
    const { namespace, component, run } = await planRolling('registry.test/api:slow-2', {
      replicas: 3,
      podAnnotations: { 'testcluster/after': '500ms' },
    });
    // A watch that is open already shows the old state, all well, when the wait begins.
    const watching = harness.cluster.observeWorkload({ namespace, name: 'api' }, () => undefined);

    const result = await run.apply(namespace, rolling(component));

    watching.close();
    const { status } = await harness.fixtures.get<{
      status: { updatedReplicas: number; availableReplicas: number };
    }>('deployments', namespace, 'api');
    expect(result).toMatchObject({ observed: [{ stableReady: 3 }] });
    expect(status).toMatchObject({ updatedReplicas: 3, availableReplicas: 3 });
  });
});

describe('"Done means: wanted replicas updated and available in the new ReplicaSet"', () => {
  it('"one replica with maxUnavailable 25 % is complete with none available, to Kubernetes"', async () => {
    const { namespace, component, run } = await planRolling('registry.test/api:neverready-2');

    const result = await run.apply(namespace, rolling(component), {
      progressDeadlineMs: 1500,
    });

    expect(result.doom).toMatchObject({ side: 'stable', reason: 'ProgressDeadline' });
    expect(result.doom?.message).toContain('0 of 1 pods available');
    expect(result.observed[0]?.stableReady).toBe(1);
  });

  it('"minReadySeconds included"', async () => {
    const { namespace, component, run } = await planRolling('registry.test/api:2', {
      spec: { minReadySeconds: 2 },
    });

    const tooShort = await run.apply(namespace, rolling(component), {
      progressDeadlineMs: 1000,
    });
    const longEnough = await run.apply(namespace, rolling(component));

    expect(tooShort.doom?.reason).toBe('ProgressDeadline');
    expect(longEnough.doom).toBeUndefined();
  });
});

describe('"Doomed also when no pod appears at all: ReplicaFailure/FailedCreate on the new ReplicaSet"', () => {
  it('"while every old pod is healthy and Progressing says all is well. The message quotes it"', async () => {
    const { namespace, component, run } = await planRolling('registry.test/api:2', { replicas: 2 });
    const enforce = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await harness.server.kubectl(['label', 'namespace', namespace, ...labels(enforce)]);

    const result = await run.apply(namespace, rolling(component));

    expect(result.doom).toMatchObject({ side: 'stable', reason: 'FailedCreate' });
    expect(result.doom?.message).toContain('violates PodSecurity');
    expect(result.observed[0]?.stableReady).toBe(2);
  });

  function labels(all: Readonly<Record<string, string>>): string[] {
    return Object.entries(all).map(([key, value]) => `${key}=${value}`);
  }
});

describe('"A pod that was ready and then crashes, within the step or the bake, is a failure of the new version"', () => {
  it('within the step: the canary', async () => {
    const image = 'registry.test/api:latecrash-2';
    const { namespace, component, run } = await planCanary(harness, { image });
    await run.apply(namespace, shiftTo(component, 10));

    const doom = await run.watch(namespace, component, 'canary').doom;

    expect(doom).toMatchObject({ side: 'canary', reason: 'CrashLoopBackOff' });
  });

  it('within the bake: the stable', async () => {
    const { namespace, component, run } = await planRolling('registry.test/api:latecrash-2');
    await run.apply(namespace, rolling(component));

    const doom = await run.watch(namespace, component, 'stable').doom;

    expect(doom).toMatchObject({ side: 'stable', workload: 'api', reason: 'CrashLoopBackOff' });
  });

  it('"told apart": a pod that was evicted says nothing about its version', async () => {
    const { namespace, component, run } = await planRolling('registry.test/api:2');
    await run.apply(namespace, rolling(component));
    const { doom, cancel } = run.watch(namespace, component, 'stable');
    const ended = doom.catch((error: unknown) => error);
    const pods = await harness.server.kubectl(['get', 'pods', '-n', namespace, '-o', 'name']);
    const evicted = { phase: 'Failed', reason: 'Evicted', message: 'node was low on memory' };

    await harness.fixtures.editStatus('pods', namespace, pods.trim().replace('pod/', ''), evicted);
    await harness.fixtures.waitForAvailable(namespace, 'api');
    cancel();

    expect(await ended).toMatchObject({ name: 'CancelledFailure' });
  });
});

describe('"The weight that was wanted and the one that is real are both recorded and shown"', () => {
  it('"with one replica and router replicas, 10 % is 50 %"', async () => {
    const { namespace, component, run } = await planCanary(harness, { replicas: 1 });

    const { observed } = await run.apply(namespace, shiftTo(component, 10));

    expect(observed).toMatchObject([{ stableReady: 1, canaryReady: 1, weight: 50 }]);
  });
});
