import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import type { Mend } from '@fairlead/contracts';
import { createStage } from '../testing/stage.ts';

const namespace = 'shop';
const at = '2026-01-02T03:04:05.000Z';
const NONE = { name: 'none', selector: { matchLabels: { app: 'api' } }, disruptionsAllowed: 0 };

describe('restart_pod', () => {
  async function withPod(evict = false) {
    const stage = await createStage();
    const [pod = { name: '', uid: '' }] = stage.pods;
    const mend: Mend = { action: 'restart_pod', pod: pod.name, uid: pod.uid, evict };
    return { ...stage, pod, request: { namespace, mend, at } };
  }

  it.each([
    [false, 'deleted'],
    [true, 'evicted'],
  ])('ends that pod (evict: %s), and a repeat finds it gone', async (evict, did) => {
    const { run, request, pod, seen } = await withPod(evict);

    expect(await run.clusterMend(request)).toEqual({ done: `${did} pod ${pod.name}` });

    const gone = { done: `pod ${pod.name} was gone already` };
    expect(await run.clusterMend(request)).toEqual(gone);
    const { pods } = await seen((view) => view.pods.length === 2);
    expect(pods.map(({ uid }) => uid)).not.toContain(pod.uid);
  });

  it.each([false, true])('never ends another of the same name (evict: %s)', async (evict) => {
    const { run, cluster, request, pod, pods } = await withPod(evict);
    const mend = { ...request.mend, uid: 'the one before' };

    const result = await run.clusterMend({ ...request, mend });

    expect(result).toEqual({ done: `pod ${pod.name} was gone already` });
    expect(await cluster.pod({ namespace, name: pod.name })).toMatchObject(pods[0] ?? {});
  });

  it.each([
    ['deletePod', false],
    ['evictPod', true],
  ] as const)('is tried again when %s finds another of the same name', async (method, evict) => {
    const { run, request, beforeCall } = await withPod(evict);
    beforeCall((called) => {
      if (called === method) throw new AdapterError('cluster-conflict', 'another UID');
    });

    const mended = run.clusterMend(request);

    await expect(mended).rejects.toMatchObject({ type: 'cluster-conflict', nonRetryable: false });
  });

  it('takes one that is ending for gone', async () => {
    const { run, cluster, request } = await withPod();
    cluster.seedPod(namespace, {
      ...{ name: 'old', uid: 'old', labels: {}, deleting: true, controllers: [] },
    });
    const mend: Mend = { action: 'restart_pod', pod: 'old', uid: 'old', evict: false };

    expect(await run.clusterMend({ ...request, mend })).toEqual({
      done: 'pod old was gone already',
    });
  });

  it('is refused, and not tried for ever, where a disruption budget forbids it', async () => {
    const { run, cluster, request, pod } = await withPod(true);
    cluster.seedDisruptionBudget(namespace, NONE);

    expect(await run.clusterMend(request)).toEqual({
      refused: expect.stringMatching(
        /^disruption budget none lets no pod .*`kubectl describe poddisruptionbudget none --namespace shop`/,
      ),
    });
    expect(await cluster.pod({ namespace, name: pod.name })).toMatchObject({ uid: pod.uid });
  });

  it('is tried again where the API server is only busy', async () => {
    const { run, cluster, request, beforeCall } = await withPod(true);
    cluster.seedDisruptionBudget(namespace, { ...NONE, disruptionsAllowed: 1 });
    beforeCall((called) => {
      if (called === 'evictPod') throw new AdapterError('cluster-throttled', 'busy');
    });

    const mended = run.clusterMend(request);

    await expect(mended).rejects.toMatchObject({ type: 'cluster-throttled', nonRetryable: false });
  });
});

/** Both act on a workload that must still be the one that was seen. */
describe.each([
  ['restart_deployment', { action: 'restart_deployment', workload: 'api' }],
  ['scale_deployment', { action: 'scale_deployment', workload: 'api', from: 2, to: 3 }],
] as const)('%s', (_action, act) => {
  it('is refused when the workload is gone', async () => {
    const { run, cluster, workload } = await createStage();
    cluster.removeWorkload(namespace, 'api');

    const result = await run.clusterMend({ namespace, at, mend: { ...act, uid: workload.uid } });

    expect(result).toEqual({ refused: expect.stringContaining('already gone') });
  });

  it('is refused when it was made anew', async () => {
    const { run, cluster, workload } = await createStage();

    const result = await run.clusterMend({ namespace, at, mend: { ...act, uid: 'former' } });

    expect(result).toEqual({ refused: expect.stringContaining('made anew since') });
    expect(await cluster.workload({ namespace, name: 'api' })).toMatchObject({
      generation: workload.generation,
    });
  });

  it('is tried again when somebody wrote in between', async () => {
    const { run, workload, beforeCall } = await createStage();
    beforeCall((called) => {
      if (called === 'patchWorkload') throw new AdapterError('cluster-conflict', 'changed');
    });

    const mended = run.clusterMend({ namespace, at, mend: { ...act, uid: workload.uid } });

    await expect(mended).rejects.toMatchObject({ type: 'cluster-conflict', nonRetryable: false });
  });
});

describe('restart_deployment', () => {
  it('writes what kubectl writes, once', async () => {
    const { run, cluster, workload, beforeCall } = await createStage();
    const { uid, template } = workload;
    const request = {
      namespace,
      at,
      mend: { action: 'restart_deployment', workload: 'api', uid },
    } as const;

    let writes = 0;
    beforeCall((method) => {
      if (method === 'patchWorkload') writes += 1;
    });

    const first = await run.clusterMend(request);
    const again = await run.clusterMend(request);

    expect([first, again]).toEqual(Array(2).fill({ done: 'restarted Kubernetes Deployment api' }));
    expect(writes).toBe(1);
    const after = await cluster.workload({ namespace, name: 'api' });
    expect(after?.generation).toBe(workload.generation + 1);
    expect(after?.template).toEqual({
      ...template,
      metadata: {
        ...template.metadata,
        annotations: { 'kubectl.kubernetes.io/restartedAt': at },
      },
    });
  });

  it('is refused when it was paused since', async () => {
    const { run, cluster, workload } = await createStage();
    cluster.editWorkload(namespace, 'api', { paused: true });
    const mend = { action: 'restart_deployment', workload: 'api', uid: workload.uid } as const;

    const result = await run.clusterMend({ namespace, at, mend });

    expect(result).toEqual({ refused: expect.stringContaining('is paused') });
  });
});

describe('scale_deployment', () => {
  async function withScale(over: { readonly autoscaler?: string } = {}) {
    const stage = await createStage();
    const { uid } = stage.workload;
    stage.cluster.seedAutoscaler(namespace, {
      ...{ name: 'by-cpu', uid: 'scaler', targetKind: 'Deployment', targetName: 'api' },
      ...{ minReplicas: 1, maxReplicas: 2 },
    });
    const mend: Mend = {
      ...{ action: 'scale_deployment', workload: 'api', uid, from: 2, to: 3 },
      ...over,
    };
    return { ...stage, request: { namespace, at, mend } };
  }

  it('scales once, however often it is asked', async () => {
    const { run, cluster, workload, request } = await withScale();

    const first = await run.clusterMend(request);
    const again = await run.clusterMend(request);

    const done = { done: 'scaled Kubernetes Deployment api from 2 to 3 replicas' };
    expect([first, again]).toEqual([done, done]);
    const after = await cluster.workload({ namespace, name: 'api' });
    expect(after).toMatchObject({ replicas: 3, generation: workload.generation + 1 });
  });

  it('is refused when someone else scaled it', async () => {
    const { run, cluster, request } = await withScale();
    cluster.editWorkload(namespace, 'api', { replicas: 7 });

    expect(await run.clusterMend(request)).toEqual({
      refused: expect.stringMatching(/scaled to 7 by someone else.*`kubectl scale deployment api/),
    });
    expect(await cluster.workload({ namespace, name: 'api' })).toMatchObject({ replicas: 7 });
  });

  it('raises the bound of an autoscaler once, and leaves the replicas', async () => {
    const { run, cluster, request, beforeCall } = await withScale({ autoscaler: 'by-cpu' });
    const writes: string[] = [];
    beforeCall((method) => {
      if (method.startsWith('patch')) writes.push(method);
    });

    const first = await run.clusterMend(request);
    const again = await run.clusterMend(request);

    const done = { done: 'raised the bound of autoscaler by-cpu from 2 to 3 replicas' };
    expect([first, again]).toEqual([done, done]);
    expect(writes).toEqual(['patchAutoscaler']);
    expect(await cluster.autoscalers(namespace)).toMatchObject([{ maxReplicas: 3 }]);
  });

  it.each([
    ['was set otherwise', { maxReplicas: 8 }, /was set to 8 by someone else/],
    ['belongs to another workload', { targetName: 'web' }, /autoscaler by-cpu .* is gone/],
  ])('is refused when the autoscaler %s', async (_what, edit, reason) => {
    const { run, cluster, request } = await withScale({ autoscaler: 'by-cpu' });
    const [found] = await cluster.autoscalers(namespace);
    if (found !== undefined) cluster.seedAutoscaler(namespace, { ...found, ...edit });

    expect(await run.clusterMend(request)).toEqual({ refused: expect.stringMatching(reason) });
  });
});
