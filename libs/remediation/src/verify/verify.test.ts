import { describe, expect, it } from '@jest/globals';
import type { VerifyRequest, VerifyResult } from '@fairlead/contracts';
import { createRunner, environment, verifyRequest } from '../testing/runner.ts';
import { createStage, isCrashing, lagging, withView } from '../testing/stage.ts';

const FAR_MS = 60_000;

function ended(uid: string): Partial<VerifyRequest> {
  return { mend: { action: 'restart_pod', pod: 'any', uid, evict: false } };
}

describe('has helped', () => {
  it('when a crashed pod is well in the one that took its place', async () => {
    const { run, cluster, crash, pods } = await createStage();
    await crash();
    const [pod = { name: '', uid: '' }] = pods;
    await cluster.deletePod('shop', pod);

    expect(await run.clusterVerify(verifyRequest(ended(pod.uid)))).toEqual({
      helped: true,
      detail: 'healthy for 0.05 s',
      after: { replicas: 2, ready: 2, restarts: 0, healthy: true, words: '' },
    });
  });

  it('when a pod that was ended is still shown crashing by a watch that lags', async () => {
    const { cluster, crash, pods, seen } = await createStage();
    await crash();
    const [pod = { name: '', uid: '' }] = pods;
    const stale = await seen((view) => isCrashing(view, pod.name));
    await cluster.deletePod('shop', pod);
    const run = createRunner(lagging(cluster, stale));

    const result = await run.clusterVerify(verifyRequest(ended(pod.uid)));

    expect(result.helped).toBe(true);
  });

  it('when a pod that was ended is still shown well by a watch that lags', async () => {
    const { cluster, pods, seen } = await createStage();
    const [pod = { name: '', uid: '' }] = pods;
    const stale = await seen(() => true);
    await cluster.deletePod('shop', pod);
    const run = createRunner(lagging(cluster, stale));

    const result = await run.clusterVerify(verifyRequest(ended(pod.uid)));

    expect(result.helped).toBe(true);
  });

  it('when what was sick before the act mends by and by', async () => {
    const { cluster, crash, pods } = await createStage();
    await crash();
    const crashed = { namespace: 'shop', name: pods[0]?.name ?? '' };
    const run = createRunner(
      withView(cluster, (view, count) => {
        if (count === 1) {
          setImmediate(() => {
            cluster.befallPod(crashed, 'healthy');
          });
        }
        return view;
      }),
    );
    const later = new Date(Date.now() + FAR_MS).toISOString();

    const result = await run.clusterVerify(verifyRequest({ at: later }));

    expect(result).toMatchObject({ helped: true, after: { ready: 2 } });
  });

  it('when only the count of the ReplicaSet comes late', async () => {
    const { cluster } = await createStage();
    const late = { newReplicaSet: { name: 'api-1', availableReplicas: 1 } };
    const run = createRunner(
      withView(cluster, (view, count) => (count === 2 ? { ...view, ...late } : view)),
    );

    expect(await run.clusterVerify(verifyRequest())).toMatchObject({ helped: true });
  });

  it('when someone scales it meanwhile, once that is done', async () => {
    const { cluster } = await createStage();
    let edited = false;
    const run = createRunner(
      withView(cluster, (view) => {
        if (!edited) {
          setImmediate(() => {
            cluster.editWorkload('shop', 'api', { replicas: 4 });
          });
        }
        edited = true;
        return view;
      }),
    );

    const result = await run.clusterVerify(verifyRequest({ forMs: 200 }));

    expect(result).toMatchObject({ helped: true, after: { replicas: 4, ready: 4 } });
  });
});

describe('has not helped', () => {
  it('as soon as a new pod crashes', async () => {
    const { run, cluster, workload } = await createStage();
    const [container] = workload.template.spec.containers;
    cluster.editWorkload('shop', 'api', {
      template: {
        ...workload.template,
        spec: {
          containers: [{ ...container, name: 'api', image: 'registry.test/api:crashloop-2' }],
        },
      },
    });

    expect(await run.clusterVerify(verifyRequest())).toMatchObject({
      helped: false,
      detail: expect.stringContaining('CrashLoopBackOff'),
      after: { healthy: false },
    });
  });

  it('as soon as a new pod crashes, though an old one was sick all along', async () => {
    const { cluster, crash, pods } = await createStage();
    await crash(pods[0]?.name);
    await crash(pods[1]?.name);
    const run = createRunner(
      withView(cluster, (view) => ({
        ...view,
        pods: view.pods.map((pod) =>
          pod.uid === pods[0]?.uid ? { ...pod, createdAt: '2020-01-01T00:00:00Z' } : pod,
        ),
      })),
    );

    expect(await run.clusterVerify(verifyRequest())).toMatchObject({
      helped: false,
      detail: expect.stringContaining(pods[1]?.name ?? 'no second pod'),
    });
  });

  it('when it was healthy and broke', async () => {
    const { cluster, pods, run } = await breaking((stage) => {
      stage.cluster.befallPod({ namespace: 'shop', name: stage.pods[0]?.name ?? '' }, 'neverready');
    });

    expect(await run.clusterVerify(verifyRequest({ forMs: FAR_MS }))).toMatchObject({
      helped: false,
      detail: `was healthy, then: 1 of 2 pods available; ${pods[0]?.name ?? ''}: running, not ready`,
    });
    expect(await cluster.pod({ namespace: 'shop', name: pods[0]?.name ?? '' })).toBeDefined();
  });

  it('when a pod was restarted, though it stayed ready', async () => {
    const { pods, run } = await breaking((stage) => {
      stage.cluster.restartContainers({ namespace: 'shop', name: stage.pods[1]?.name ?? '' });
    });

    expect(await run.clusterVerify(verifyRequest({ forMs: FAR_MS }))).toMatchObject({
      helped: false,
      detail: `was healthy, then: pod ${pods[1]?.name ?? ''} was restarted`,
      after: { ready: 2, restarts: 1 },
    });
  });

  it('when it does not become healthy in time', async () => {
    const { run, cluster, pods } = await createStage();
    cluster.befallPod({ namespace: 'shop', name: pods[0]?.name ?? '' }, 'neverready');

    expect(await run.clusterVerify(verifyRequest({ withinMs: 100 }))).toMatchObject({
      helped: false,
      detail: expect.stringMatching(/^not healthy within 0\.1 s: 1 of 2 pods available/),
      after: { ready: 1, healthy: false },
    });
  });

  it('when it is gone, at first or later', async () => {
    const { run, cluster } = await breaking((stage) => {
      stage.cluster.removeWorkload('shop', 'api');
    });
    const gone = { helped: false, detail: 'the Kubernetes Deployment is gone' };

    expect(await run.clusterVerify(verifyRequest({ forMs: FAR_MS }))).toMatchObject(gone);

    expect(await createRunner(cluster).clusterVerify(verifyRequest())).toMatchObject(gone);
  });

  it('when it was made anew by someone else', async () => {
    const { run } = await breaking(({ cluster }) => {
      cluster.removeWorkload('shop', 'api');
      cluster.seedWorkload({ namespace: 'shop', name: 'api', image: 'api:1', replicas: 2 });
    });

    expect(await run.clusterVerify(verifyRequest({ forMs: FAR_MS }))).toMatchObject({
      helped: false,
      detail: 'someone deleted it and made it anew',
    });
  });

  /** Something happens once it was seen healthy. */
  async function breaking(act: (stage: Awaited<ReturnType<typeof createStage>>) => void) {
    const stage = await createStage();
    const run = createRunner(
      withView(stage.cluster, (view, count) => {
        if (count === 2) {
          setImmediate(() => {
            act(stage);
          });
        }
        return view;
      }),
    );
    return { ...stage, run };
  }
});

it('decides nothing without sight: the time stands still', async () => {
  const { cluster, pods, seen } = await createStage();
  const [pod = { name: '', uid: '' }] = pods;
  cluster.befallPod({ namespace: 'shop', name: pod.name }, 'neverready');
  await seen(({ pods: all }) => all.some(({ ready }) => !ready));
  const run = createRunner(
    withView(cluster, (view, count) => {
      if (count === 1) {
        setImmediate(() => {
          cluster.setReachable(false);
          setTimeout(() => {
            cluster.befallPod({ namespace: 'shop', name: pod.name }, 'healthy');
            cluster.setReachable(true);
          }, 300);
        });
      }
      return view;
    }),
  );

  const result = await run.clusterVerify(verifyRequest({ withinMs: 150 }));

  expect(result.helped).toBe(true);
});

describe('after a worker’s death', () => {
  it('the healthy time begins anew', async () => {
    const { cluster } = await createStage();

    const heartbeatDetails = await killed(cluster, verifyRequest({ forMs: FAR_MS }));

    expect(heartbeatDetails).toEqual({});
    const where = () => environment({ heartbeatDetails, heartbeatTimeoutMs: 10_000 });
    const again = createRunner(cluster, { where });
    expect(await again.clusterVerify(verifyRequest())).toMatchObject({ helped: true });
  });

  it('the time until it is healthy goes on', async () => {
    const { cluster, pods, seen } = await createStage();
    const sick = { namespace: 'shop', name: pods[0]?.name ?? '' };
    cluster.befallPod(sick, 'neverready');
    await seen((view) => view.pods.some(({ ready }) => !ready));
    const mending = withView(cluster, (view) => {
      setImmediate(() => {
        cluster.befallPod(sick, 'healthy');
      });
      return view;
    });
    const heartbeatDetails = { healthy: { spentMs: FAR_MS } };
    const where = () => environment({ heartbeatDetails, heartbeatTimeoutMs: 10_000 });

    const result = await createRunner(mending, { where }).clusterVerify(
      verifyRequest({ withinMs: FAR_MS }),
    );

    expect(result).toMatchObject({ helped: false, detail: expect.stringContaining('within 60 s') });
  });

  /** What its last heartbeat said. */
  async function killed(
    cluster: Parameters<typeof createRunner>[0],
    request: VerifyRequest,
  ): Promise<unknown> {
    const dying = environment();
    const verified: Promise<VerifyResult | undefined> = createRunner(cluster, {
      where: () => dying,
    })
      .clusterVerify(request)
      .catch(() => undefined);
    const details = await new Promise<unknown>((resolve) => dying.once('heartbeat', resolve));
    dying.cancel();
    await verified;
    return details;
  }
});
