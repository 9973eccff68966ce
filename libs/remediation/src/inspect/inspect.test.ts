import { describe, expect, it } from '@jest/globals';
import { ACTIONS, FIELD_MANAGER } from '@fairlead/contracts';
import { createRunner, SCALE } from '../testing/runner.ts';
import { createStage, lagging } from '../testing/stage.ts';

const REQUEST = { namespace: 'shop', workload: 'api', scale: SCALE };

describe.each(ACTIONS)('%s', (action) => {
  it('is refused where the Kubernetes Deployment is gone', async () => {
    const { run } = await createStage();

    const inspection = await run.clusterInspect({ ...REQUEST, action, workload: 'web' });

    expect(inspection).toEqual({ refused: expect.stringContaining('web is not in shop') });
  });

  it('is refused where a deployment of Fairlead made it', async () => {
    const { run, cluster } = await createStage();
    cluster.editWorkload('shop', 'api', {
      labels: { 'app.kubernetes.io/managed-by': FIELD_MANAGER },
    });

    expect(await run.clusterInspect({ ...REQUEST, action })).toEqual({
      refused: expect.stringContaining('was made by a deployment of Fairlead'),
    });
  });

  it('waits for a view that is not older than what was read', async () => {
    const { cluster, crash, seen } = await createStage();
    await crash();
    const older = await seen(() => true);
    cluster.editWorkload('shop', 'api', { replicas: 4 });
    const run = createRunner(lagging(cluster, older));

    expect(await run.clusterInspect({ ...REQUEST, action })).toMatchObject({
      before: { replicas: 4 },
    });
  });

  it('is not decided without sight', async () => {
    const { cluster, crash } = await createStage();
    await crash();
    const run = createRunner({
      ...cluster,
      observeWorkload(ref, listener) {
        listener({ fresh: false, why: 'away' });
        return cluster.observeWorkload(ref, listener);
      },
    });

    expect(await run.clusterInspect({ ...REQUEST, action })).toHaveProperty('before');
  });
});

describe('restart_deployment', () => {
  const action = 'restart_deployment';

  it('restarts the one that was seen', async () => {
    const { run, workload, crash } = await createStage();
    await crash();

    expect(await run.clusterInspect({ ...REQUEST, action })).toMatchObject({
      before: { healthy: false },
      mend: { action, workload: 'api', uid: workload.uid },
    });
  });

  it('is not needed where nothing is wrong', async () => {
    const { run } = await createStage();

    expect(await run.clusterInspect({ ...REQUEST, action })).toEqual({
      before: { replicas: 2, ready: 2, restarts: 0, healthy: true, words: '' },
      healthy: true,
    });
  });

  it('is refused while it is paused', async () => {
    const { run, cluster, crash } = await createStage();
    cluster.editWorkload('shop', 'api', { paused: true });
    await crash();

    expect(await run.clusterInspect({ ...REQUEST, action })).toMatchObject({
      refused: expect.stringMatching(
        /paused.*`kubectl rollout resume deployment api --namespace shop`/,
      ),
    });
  });
});
