import { expect, it } from '@jest/globals';
import type { WorkloadView } from '@fairlead/cluster/decisions';
import { createRunner, SCALE, seen } from '../testing/runner.ts';
import { createStage, withView } from '../testing/stage.ts';

const REQUEST = {
  action: 'restart_pod',
  namespace: 'shop',
  workload: 'api',
  scale: SCALE,
} as const;
const ALL = { name: 'all', selector: { matchLabels: { app: 'api' } }, disruptionsAllowed: 1 };

it('takes the one that crashes, and tells how the workload was', async () => {
  const { run, crash, pods } = await createStage();
  const [, second] = pods;
  await crash(second?.name);

  expect(await run.clusterInspect(REQUEST)).toEqual({
    before: {
      ...{ replicas: 2, ready: 1, restarts: 1, healthy: false },
      words: expect.stringContaining(`${second?.name ?? ''}, container api: CrashLoopBackOff`),
    },
    mend: { action: 'restart_pod', pod: second?.name, uid: second?.uid, evict: false },
  });
});

it('takes the doomed one before one that is not ready', async () => {
  const { run, cluster, crash, pods } = await createStage({ replicas: 3 });
  const [first, second] = pods;
  cluster.befallPod({ namespace: 'shop', name: first?.name ?? '' }, 'neverready');
  await crash(second?.name);

  const inspection = await run.clusterInspect(REQUEST);

  expect(inspection).toMatchObject({ mend: { pod: second?.name } });
});

it('takes the one that is not ready before one that was restarted', async () => {
  const stage = await createStage();
  const { run, cluster, pods } = stage;
  const [first, second] = pods;
  cluster.restartContainers({ namespace: 'shop', name: first?.name ?? '' });
  cluster.befallPod({ namespace: 'shop', name: second?.name ?? '' }, 'neverready');
  await stage.seen(({ pods: all }) => all.some(({ ready }) => !ready));

  const inspection = await run.clusterInspect(REQUEST);

  expect(inspection).toMatchObject({ mend: { pod: second?.name } });
});

it('takes the one that was restarted most often among those that are doomed', async () => {
  const { run, cluster, crash, pods } = await createStage();
  const [first, second] = pods;
  await crash(first?.name);
  await crash(second?.name);
  cluster.restartContainers({ namespace: 'shop', name: second?.name ?? '' });

  const inspection = await run.clusterInspect(REQUEST);

  expect(inspection).toMatchObject({ mend: { pod: second?.name } });
});

async function twoCrashes() {
  const stage = await createStage();
  const [first, second] = stage.pods;
  await stage.crash(first?.name);
  await stage.crash(second?.name);
  // Without a name it would be the first.
  stage.cluster.restartContainers({ namespace: 'shop', name: first?.name ?? '' });
  return { ...stage, first, second };
}

it('takes the one that is named, if it is the workload’s own and sick', async () => {
  const { run, second } = await twoCrashes();

  const inspection = await run.clusterInspect({
    ...{ ...REQUEST, pod: second?.name ?? '' },
    ...(second === undefined ? {} : { podUid: second.uid }),
  });

  expect(inspection).toMatchObject({ mend: { pod: second?.name, uid: second?.uid } });
});

it('does not take one that has the name of what was reported, and is another', async () => {
  const { run, first, second } = await twoCrashes();

  const inspection = await run.clusterInspect({
    ...{ ...REQUEST, pod: second?.name ?? '', podUid: 'of-the-one-before' },
  });

  expect(inspection).toMatchObject({ mend: { pod: first?.name } });
});

it('leaves the one that is named when it is well by now, and takes one that is sick', async () => {
  const { run, crash, pods } = await createStage();
  const [first, second] = pods;
  await crash(first?.name);

  const inspection = await run.clusterInspect({ ...REQUEST, pod: second?.name ?? '' });

  expect(inspection).toMatchObject({ mend: { pod: first?.name } });
});

it('leaves the one that is named when it serves again, though it crashed a moment ago', async () => {
  const { cluster, crash, pods } = await createStage();
  const [first, second] = pods;
  await crash(first?.name);
  const lastTerminated = { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() };
  const container = { name: 'api', init: false, restarts: 3, lastTerminated };
  const run = createRunner(
    withView(cluster, (view) => ({
      ...view,
      pods: view.pods.map((pod) =>
        pod.name === second?.name ? { ...pod, containers: [container] } : pod,
      ),
    })),
  );

  const inspection = await run.clusterInspect({ ...REQUEST, pod: second?.name ?? '' });

  expect(inspection).toMatchObject({ mend: { pod: first?.name } });
});

it('takes no pod of another workload, whatever was named', async () => {
  const { run, cluster, crash, pods } = await createStage();
  cluster.seedWorkload({ namespace: 'shop', name: 'web', image: 'web:1' });
  await crash();
  const { pods: others } = await seen(cluster, () => true, { namespace: 'shop', name: 'web' });
  const named = others[0]?.name ?? '';

  const inspection = await run.clusterInspect({ ...REQUEST, pod: named });

  expect(inspection).toMatchObject({ mend: { pod: pods[0]?.name } });
});

it('finds nothing wrong when the one that is named is gone and all are well', async () => {
  const { run } = await createStage();

  expect(await run.clusterInspect({ ...REQUEST, pod: 'api-0' })).toMatchObject({
    healthy: true,
    before: { ready: 2, healthy: true, words: '' },
  });
});

it('takes the worst when the one that is named is gone', async () => {
  const { run, crash, pods } = await createStage();
  await crash();

  const inspection = await run.clusterInspect({ ...REQUEST, pod: 'api-0' });

  expect(inspection).toMatchObject({ mend: { pod: pods[0]?.name } });
});

it('leaves pods alone that are well, whatever the workload waits for', async () => {
  const { cluster } = await createStage();
  const run = createRunner(
    withView(cluster, (view) => ({
      ...view,
      newReplicaSet: { name: 'api-1', availableReplicas: 1 },
    })),
  );

  expect(await run.clusterInspect(REQUEST)).toEqual({
    before: expect.objectContaining({ healthy: false }),
    refused: expect.stringMatching(
      /no pod of .* is sick itself \(1 of 2 pods available\); `kubectl/,
    ),
  });
});

it('leaves one that serves and was restarted long ago, whatever the workload waits for', async () => {
  const { cluster } = await createStage();
  const run = createRunner(
    withView(cluster, (view) => ({
      ...wasKilled(view, '2020-01-01T00:00:00Z'),
      newReplicaSet: { name: 'api-1', availableReplicas: 1 },
    })),
  );

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    refused: expect.stringContaining('is sick itself'),
  });
});

it('is not told apart by what a pod that is well has long behind it', async () => {
  const { cluster } = await createStage();
  const run = createRunner(withView(cluster, (view) => wasKilled(view, '2020-01-01T00:00:00Z')));

  expect(await run.clusterInspect(REQUEST)).toMatchObject({ healthy: true });
});

it('takes one that was killed for its memory twice, and only just came back', async () => {
  const { cluster } = await createStage();
  const now = new Date().toISOString();
  const run = createRunner(withView(cluster, (view) => wasKilled(view, now)));

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    before: { words: expect.stringContaining('OOMKilled') },
    mend: { action: 'restart_pod' },
  });
});

it('evicts where a disruption budget stands over it, and deletes where none does', async () => {
  const { run, cluster, crash } = await createStage();
  await crash();
  cluster.seedDisruptionBudget('shop', { ...ALL, selector: { matchLabels: { app: 'web' } } });
  cluster.seedDisruptionBudget('shop', { name: 'none', disruptionsAllowed: 0 });
  expect(await run.clusterInspect(REQUEST)).toMatchObject({ mend: { evict: false } });

  cluster.seedDisruptionBudget('shop', ALL);

  expect(await run.clusterInspect(REQUEST)).toMatchObject({ mend: { evict: true } });
});

it('refuses where several stand over it, as Kubernetes then evicts none', async () => {
  const { run, cluster, crash } = await createStage();
  await crash();
  cluster.seedDisruptionBudget('shop', ALL);
  cluster.seedDisruptionBudget('shop', { ...ALL, name: 'every', selector: {} });

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    refused: expect.stringMatching(/several disruption budgets \(all, every\).*`kubectl get pod/),
  });
});

it('decides again when the pod ends by itself while it is looked at', async () => {
  const { cluster, crash } = await createStage();
  await crash();
  const run = createRunner({ ...cluster, pod: () => Promise.resolve(undefined) });

  const inspected = run.clusterInspect(REQUEST);

  await expect(inspected).rejects.toMatchObject({ type: 'cluster-conflict', nonRetryable: false });
});

function wasKilled(view: WorkloadView, finishedAt: string): WorkloadView {
  const lastTerminated = { exitCode: 137, reason: 'OOMKilled', finishedAt };
  const container = { name: 'api', init: false, restarts: 2, lastTerminated };
  return { ...view, pods: view.pods.map((pod) => ({ ...pod, containers: [container] })) };
}
