import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { KubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { WorkloadView } from '@fairlead/cluster/decisions';
import type { ActionName, Mend, RemediationActivities } from '@fairlead/contracts';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness, Resource } from '@fairlead/testing/cluster';
import { createRunner, SCALE, seen as seenIn } from './testing/runner.ts';
import { isCrashing } from './testing/stage.ts';

let harness: KubernetesHarness<KubernetesCluster>;
let run: RemediationActivities;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
  run = createRunner(harness.cluster);
});

afterAll(() => harness.stop());

const GOOD = 'registry.test/api:1';
const OTHER_UID = '00000000-0000-4000-8000-000000000000';
const at = () => new Date().toISOString();
const seen = (namespace: string, isWanted: (view: WorkloadView) => boolean) =>
  seenIn(harness.cluster, isWanted, { namespace, name: 'api' });

async function seeded(over: { readonly spec?: object; readonly container?: object } = {}) {
  const namespace = await harness.createNamespace();
  const seed = { namespace, name: 'api', image: GOOD, replicas: 2 };
  await harness.fixtures.seedWorkload({ ...seed, ...over });
  const { pods, workload } = await seen(
    namespace,
    (view) => view.pods.length === 2 && view.pods.every(({ ready }) => ready),
  );
  const [pod = { name: '', uid: '' }] = pods;
  return { namespace, pod, workload };
}

/** A pod that crashes, of an image that is good. */
async function withCrash() {
  const seed = await seeded();
  await harness.crashPod(seed.namespace, seed.pod.name);
  await seen(seed.namespace, (view) => isCrashing(view, seed.pod.name));
  return seed;
}

/** From the look to the verdict, as the workflow does it. */
async function attempt(
  namespace: string,
  action: ActionName,
  over: { readonly pod?: string } = {},
) {
  const request = { action, namespace, workload: 'api', scale: SCALE, ...over };
  const inspection = await run.clusterInspect(request);
  if (!('mend' in inspection)) throw new Error(`nothing to mend: ${JSON.stringify(inspection)}`);
  const { mend, before } = inspection;
  const since = at();
  const done = await run.clusterMend({ namespace, mend, at: since });
  const verify = { namespace, workload: 'api', mend, at: since, forMs: 300, withinMs: 20_000 };
  return { before, mend, done, result: await run.clusterVerify(verify) };
}

describe('restart_pod', () => {
  it('replaces a crashing pod by a good one of the same ReplicaSet', async () => {
    const { namespace, pod } = await withCrash();

    const { before, done, result } = await attempt(namespace, 'restart_pod', { pod: pod.name });

    expect(before).toMatchObject({ healthy: false, ready: 1 });
    expect(done).toEqual({ done: `deleted pod ${pod.name}` });
    expect(result).toMatchObject({ helped: true, after: { replicas: 2, ready: 2, restarts: 0 } });
    const { pods, newReplicaSet } = await seen(namespace, () => true);
    expect(pods.map(({ uid }) => uid)).not.toContain(pod.uid);
    expect(newReplicaSet?.name).toBe(pod.name.slice(0, pod.name.lastIndexOf('-')));
  });

  it('evicts where a disruption budget allows it', async () => {
    const { namespace, pod } = await withCrash();
    await harness.fixtures.create('poddisruptionbudgets', namespace, {
      metadata: { name: 'half' },
      spec: { selector: { matchLabels: { app: 'api' } }, minAvailable: 0 },
    });
    await harness.fixtures.waitForDisruptionBudget(namespace, 'half', 1);

    const { done, result } = await attempt(namespace, 'restart_pod');

    expect(done).toEqual({ done: `evicted pod ${pod.name}` });
    expect(result).toMatchObject({ helped: true });
  });

  it('is refused where a disruption budget forbids it, and the pod stays', async () => {
    const { namespace, pod } = await withCrash();
    await harness.fixtures.create('poddisruptionbudgets', namespace, {
      metadata: { name: 'all' },
      spec: { selector: { matchLabels: { app: 'api' } }, minAvailable: '100%' },
    });
    await harness.fixtures.waitForDisruptionBudget(namespace, 'all', 0);
    const mend: Mend = { action: 'restart_pod', pod: pod.name, uid: pod.uid, evict: true };

    const result = await run.clusterMend({ namespace, mend, at: at() });

    expect(result).toEqual({ refused: expect.stringMatching(/^disruption budget all lets no/) });
    expect(await harness.cluster.pod({ namespace, name: pod.name })).toMatchObject({
      ...{ uid: pod.uid, deleting: false },
    });
  });

  it('never ends another pod of the same name', async () => {
    const { namespace, pod } = await withCrash();
    const mend: Mend = { action: 'restart_pod', pod: pod.name, uid: OTHER_UID, evict: false };

    const result = await run.clusterMend({ namespace, mend, at: at() });

    expect(result).toEqual({ done: `pod ${pod.name} was gone already` });
    expect(await harness.cluster.pod({ namespace, name: pod.name })).toMatchObject({
      ...{ uid: pod.uid, deleting: false },
    });
  });

  it('finds a pod of another namespace gone, and touches none of its own', async () => {
    const { pod } = await withCrash();
    const { namespace } = await seeded();
    const request = { action: 'restart_pod', workload: 'api', scale: SCALE } as const;

    expect(await run.clusterInspect({ ...request, namespace, pod: pod.name })).toMatchObject({
      healthy: true,
    });
    const mend: Mend = { action: 'restart_pod', pod: pod.name, uid: pod.uid, evict: false };
    expect(await run.clusterMend({ namespace, mend, at: at() })).toEqual({
      done: `pod ${pod.name} was gone already`,
    });
  });

  it('has not helped when the pod that took its place crashes too', async () => {
    const { namespace } = await seeded();
    await harness.fixtures.edit('deployments', namespace, 'api', {
      spec: { template: { metadata: { labels: { 'testcluster/fail': 'crashloop' } } } },
    });
    await seen(namespace, ({ pods }) =>
      pods.some(({ containers: [one] }) => one?.waiting?.reason === 'CrashLoopBackOff'),
    );

    const { result } = await attempt(namespace, 'restart_pod');

    expect(result).toMatchObject({
      helped: false,
      detail: expect.stringContaining('CrashLoopBackOff'),
    });
  });
});

describe('restart_deployment', () => {
  it('brings a stuck Kubernetes Deployment up, by new pods', async () => {
    const { namespace, pod } = await withCrash();

    const { done, result } = await attempt(namespace, 'restart_deployment');

    expect(done).toEqual({ done: 'restarted Kubernetes Deployment api' });
    expect(result).toMatchObject({ helped: true, after: { ready: 2, restarts: 0 } });
    const { pods, newReplicaSet } = await seen(namespace, () => true);
    expect(pods.map(({ uid }) => uid)).not.toContain(pod.uid);
    expect(pod.name).not.toContain(newReplicaSet?.name);
  });

  it('writes nothing the second time', async () => {
    const { namespace, workload } = await seeded();
    const mend: Mend = { action: 'restart_deployment', workload: 'api', uid: workload.uid };
    const request = { namespace, mend, at: at() };

    await run.clusterMend(request);
    const once = await harness.cluster.workload({ namespace, name: 'api' });
    await run.clusterMend(request);
    const twice = await harness.cluster.workload({ namespace, name: 'api' });

    expect(once?.generation).toBe(workload.generation + 1);
    expect(twice?.generation).toBe(once?.generation);
  });
});

describe('scale_deployment', () => {
  it('raises the bound of an autoscaler that has reached it', async () => {
    const { namespace } = await seeded();
    const seed = { name: 'by-cpu', workload: 'api', minReplicas: 1, maxReplicas: 2 };
    await harness.seedAutoscaler(namespace, seed);

    const { done, result } = await attempt(namespace, 'scale_deployment');

    expect(done).toEqual({ done: 'raised the bound of autoscaler by-cpu from 2 to 3 replicas' });
    expect(result).toMatchObject({ helped: true, after: { replicas: 2 } });
    expect(await harness.cluster.autoscalers(namespace)).toMatchObject([{ maxReplicas: 3 }]);
  });

  it('is refused where a quota has no room', async () => {
    const { namespace } = await seeded();
    await harness.fixtures.create('resourcequotas', namespace, {
      metadata: { name: 'small' },
      spec: { hard: { pods: '2' } },
    });
    await harness.fixtures.waitForQuota(namespace, 'small');
    const request = { action: 'scale_deployment', workload: 'api', scale: SCALE } as const;

    expect(await run.clusterInspect({ ...request, namespace })).toMatchObject({
      refused: expect.stringContaining('quota small has 0 of 2 pods free, 1 more are needed'),
    });
  });
});

describe('clusterSubject', () => {
  it('finds the Kubernetes Deployment of a pod', async () => {
    const { namespace, pod } = await seeded();

    expect(await run.clusterSubject({ namespace, pod: pod.name })).toEqual({
      ...{ workload: 'api', pod: pod.name, podUid: pod.uid },
    });
  });

  it.each([
    ['daemonsets', 'DaemonSet', 'apps/v1'],
    ['jobs', 'Job', 'batch/v1'],
  ] as const)('refuses a pod of one of the %s', async (resource, kind, apiVersion) => {
    const namespace = await withOwnedPod({ resource, kind, apiVersion }, 'node-0');

    expect(await run.clusterSubject({ namespace, pod: 'db-0' })).toEqual({
      refused: expect.stringContaining(`belongs to ${kind} db`),
    });
  });

  it('"a StatefulSet\'s pod on a lost node is proposed, never forced"', async () => {
    const owner = { resource: 'statefulsets', kind: 'StatefulSet', apiVersion: 'apps/v1' } as const;
    const namespace = await withOwnedPod(owner, 'a-node-that-is-gone');
    const later = createRunner(harness.cluster, { now: () => Date.now() + 120_000 });
    const subject = { workload: 'statefulset/db', pod: 'db-0' };
    const command = 'kubectl delete pod db-0 --namespace';

    expect(await later.clusterSubject({ namespace, pod: 'db-0' })).toEqual({
      ...subject,
      byHand: expect.stringContaining(`\`${command} ${namespace}\` restarts it`),
    });
    await harness.fixtures.remove('pods', namespace, 'db-0');
    expect(await later.clusterSubject({ namespace, pod: 'db-0' })).toEqual({
      ...subject,
      byHand: expect.stringContaining(`\`${command} ${namespace} --force --grace-period=0\``),
    });
    expect(await harness.cluster.pod({ namespace, name: 'db-0' })).toMatchObject({
      deleting: true,
    });
  });

  async function withOwnedPod(
    {
      resource,
      kind,
      apiVersion,
    }: { readonly resource: Resource; readonly kind: string; readonly apiVersion: string },
    nodeName: string,
  ): Promise<string> {
    const namespace = await harness.createNamespace();
    const labels = { app: 'db' };
    const pod = { containers: [{ name: 'db', image: GOOD }], restartPolicy: 'Never' };
    const lasting = { ...pod, restartPolicy: 'Always' };
    const template = { metadata: { labels }, spec: kind === 'Job' ? pod : lasting };
    const selector = kind === 'Job' ? {} : { selector: { matchLabels: labels } };
    await harness.fixtures.create(resource, namespace, {
      ...{ apiVersion, kind, metadata: { name: 'db' } },
      spec: { ...selector, template },
    });
    const { metadata } = await harness.fixtures.get<{ metadata: { uid: string } }>(
      resource,
      namespace,
      'db',
    );
    const owner = { apiVersion, kind, name: 'db', uid: metadata.uid, controller: true };
    await harness.fixtures.create('pods', namespace, {
      metadata: { name: 'db-0', labels, ownerReferences: [owner] },
      spec: { ...pod, nodeName },
    });
    return namespace;
  }

  it('refuses a pod of no controller, and one that is not there', async () => {
    const namespace = await harness.createNamespace();
    await harness.fixtures.create('pods', namespace, {
      metadata: { name: 'alone' },
      spec: { containers: [{ name: 'alone', image: GOOD }], nodeName: 'node-0' },
    });

    expect(await run.clusterSubject({ namespace, pod: 'alone' })).toEqual({
      refused: expect.stringContaining('has no controller'),
    });
    expect(await run.clusterSubject({ namespace, pod: 'nobody' })).toEqual({
      refused: expect.stringContaining('already gone'),
    });
  });
});
