import { describe, expect, it } from '@jest/globals';
import type { WorkloadView } from '@fairlead/cluster/decisions';
import { createRunner, SCALE } from '../testing/runner.ts';
import { createStage, withView } from '../testing/stage.ts';

const REQUEST = {
  action: 'scale_deployment',
  namespace: 'shop',
  workload: 'api',
  scale: SCALE,
} as const;
const AUTOSCALER = {
  ...{ name: 'by-cpu', uid: 'scaler', targetKind: 'Deployment', targetName: 'api' },
  ...{ minReplicas: 1, maxReplicas: 2 },
};

it('adds the step, also where nothing is sick', async () => {
  const { run, workload } = await createStage();

  expect(await run.clusterInspect({ ...REQUEST, scale: { step: 3, maxReplicas: 10 } })).toEqual({
    before: expect.objectContaining({ healthy: true }),
    mend: { action: 'scale_deployment', workload: 'api', uid: workload.uid, from: 2, to: 5 },
  });
});

it('adds none to what is healthy by now, where it was no want of room', async () => {
  const { run } = await createStage();

  expect(await run.clusterInspect({ ...REQUEST, kind: 'pod_crash' })).toMatchObject({
    healthy: true,
  });
});

describe('a want of room that the watcher saw, once something was done', () => {
  const AGAIN = { ...REQUEST, kind: 'resource_constraint', byMeasure: true } as const;

  async function inspected(
    memory: number | undefined,
    change = (view: WorkloadView) => view,
    count = 2,
  ) {
    const { cluster, pods } = await createStage();
    const container = { name: 'api', image: 'api:1', resources: { limits: { memory: '100' } } };
    const limited = withView(cluster, (view) => {
      const { template } = view.workload;
      const spec = { ...template.spec, containers: [container] };
      const workload = { ...view.workload, template: { ...template, spec } };
      return change({ ...view, workload });
    });
    if (memory !== undefined) {
      const used = { at: '2026-01-02T03:04:05Z', containers: [{ name: 'api', cpu: 0, memory }] };
      const measured = pods.slice(0, count).map(({ name }) => ({ pod: name, ...used }));
      cluster.seedUsage('shop', measured);
    }
    return createRunner(limited).clusterInspect(AGAIN);
  }

  it.each([
    ['none where all have room by now', 60, undefined],
    ['one where a container is at its limit', 97, 3],
    ['one where nobody measures', undefined, 3],
  ])('adds %s', async (_what, memory, to) => {
    const inspection = await inspected(memory);

    expect(inspection).toMatchObject(to === undefined ? { healthy: true } : { mend: { to } });
  });

  it('adds one where not all that serve are measured', async () => {
    expect(await inspected(60, undefined, 1)).toMatchObject({ mend: { to: 3 } });
  });

  it('adds one where a container was killed for its memory lately, whatever it uses now', async () => {
    const lastTerminated = { exitCode: 137, reason: 'OOMKilled' };
    const container = { name: 'api', init: false, restarts: 0, lastTerminated };

    const inspection = await inspected(60, (view) => ({
      ...view,
      pods: view.pods.map((pod) => ({ ...pod, containers: [container] })),
    }));

    expect(inspection).toMatchObject({ mend: { to: 3 } });
  });
});

it('goes up to the ceiling and not beyond', async () => {
  const { run } = await createStage();

  expect(
    await run.clusterInspect({ ...REQUEST, scale: { step: 3, maxReplicas: 4 } }),
  ).toMatchObject({ mend: { from: 2, to: 4 } });
});

it.each([2, 1])('is refused at the ceiling, with the figures (%i)', async (maxReplicas) => {
  const { run } = await createStage();

  expect(await run.clusterInspect({ ...REQUEST, scale: { step: 1, maxReplicas } })).toMatchObject({
    refused: `Kubernetes Deployment api in shop has 2 replicas, and the configuration allows ${maxReplicas}; \`kubectl scale deployment api --replicas 3 --namespace shop\` goes beyond`,
  });
});

it('is refused where somebody switched it off', async () => {
  const { run, cluster } = await createStage();
  cluster.editWorkload('shop', 'api', { replicas: 0 });

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    refused: expect.stringContaining('is scaled to 0'),
  });
});

it('is refused where a quota has no room, in its words', async () => {
  const { run, cluster } = await createStage();
  cluster.seedQuota('shop', {
    ...{ name: 'small', hard: { pods: '3' }, used: { pods: '2' } },
    ...{ scopes: [], hasScopeSelector: false },
  });
  expect(await run.clusterInspect(REQUEST)).toMatchObject({ mend: { to: 3 } });

  const more = await run.clusterInspect({ ...REQUEST, scale: { step: 2, maxReplicas: 10 } });

  expect(more).toMatchObject({
    refused: expect.stringContaining('quota small has 1 of 3 pods free, 2 more are needed'),
  });
});

it('raises the bound of an autoscaler that has reached it', async () => {
  const { run, cluster, workload } = await createStage();
  cluster.seedAutoscaler('shop', { ...AUTOSCALER, name: 'other', targetName: 'web' });
  cluster.seedAutoscaler('shop', AUTOSCALER);

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    mend: { workload: 'api', uid: workload.uid, autoscaler: 'by-cpu', from: 2, to: 3 },
  });
});

it('leaves an autoscaler to itself that has room', async () => {
  const { run, cluster } = await createStage();
  cluster.seedAutoscaler('shop', { ...AUTOSCALER, maxReplicas: 4 });

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    refused: expect.stringMatching(/by-cpu in shop has room \(2 of 4 replicas\) and decides/),
  });
});

it('is refused where an autoscaler is at the ceiling', async () => {
  const { run, cluster } = await createStage();
  cluster.seedAutoscaler('shop', AUTOSCALER);

  expect(
    await run.clusterInspect({ ...REQUEST, scale: { step: 1, maxReplicas: 2 } }),
  ).toMatchObject({
    refused: expect.stringMatching(
      /by-cpu in shop may go to 2 replicas, and the configuration allows 2; `kubectl patch/,
    ),
  });
});

const KEDA = {
  ...{ ...AUTOSCALER, name: 'keda-hpa-api' },
  controller: { kind: 'ScaledObject', name: 'api-by-queue', uid: 'scaled' },
};

it('is refused where KEDA would put the bound back', async () => {
  const { run, cluster } = await createStage();
  cluster.seedAutoscaler('shop', KEDA);

  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    refused:
      'autoscaler keda-hpa-api in shop belongs to ScaledObject api-by-queue, which would put its bound back to 2; ' +
      '`kubectl patch scaledobject api-by-queue --namespace shop --type merge --patch ' +
      `'{"spec":{"maxReplicaCount":3}}'\` raises it there`,
  });
});

it('leaves KEDA to itself that has room, and names its bound at the ceiling', async () => {
  const { run, cluster } = await createStage();
  cluster.seedAutoscaler('shop', KEDA);
  const scale = { step: 1, maxReplicas: 2 };

  expect(await run.clusterInspect({ ...REQUEST, scale })).toMatchObject({
    refused: expect.stringMatching(/allows 2; `kubectl patch scaledobject api-by-queue/),
  });
  cluster.seedAutoscaler('shop', { ...KEDA, maxReplicas: 4 });
  expect(await run.clusterInspect(REQUEST)).toMatchObject({
    refused: expect.stringContaining('has room (2 of 4 replicas) and decides'),
  });
});
