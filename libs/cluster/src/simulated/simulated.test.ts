import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeCluster } from '../contract-suite/contract-suite.ts';
import { createRunner, planCanary } from '../contract-suite/harness.ts';
import { promote, shiftTo } from '../contract-suite/plans.ts';
import type { WorkloadView } from '../objects.ts';
import { simulatedHarness } from './harness.ts';
import { createSimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedCluster, SimulatedClusterOptions } from './simulated-cluster.ts';

const cluster = createSimulatedCluster({ readyAfterMs: 5 });

describeCluster('the simulated cluster', () => simulatedHarness(cluster));

describe('with a state file', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulated-'));
  });

  afterAll(async () => {
    for (const one of opened) one.close();
    await rm(directory, { recursive: true });
  });

  const opened: SimulatedCluster[] = [];
  function reopened(options: SimulatedClusterOptions): SimulatedCluster {
    const again = createSimulatedCluster(options);
    opened.push(again);
    return again;
  }

  it('a run goes on where a killed process left it', async () => {
    const stateFile = join(directory, 'run.json');
    const first = createSimulatedCluster({ stateFile, readyAfterMs: 5 });
    const { namespace, component, run } = await planCanary(simulatedHarness(first));
    await run.apply(namespace, shiftTo(component, 50));
    first.close();

    const second = reopened({ stateFile, readyAfterMs: 5 });
    const done = await createRunner(second).apply(namespace, promote(component));

    expect(done.observed).toMatchObject([
      { component: 'api', stableReady: 4, canaryReady: 0, weight: 0 },
    ]);
  });

  it('pods that were starting when it was killed become ready after it', async () => {
    const stateFile = join(directory, 'pods.json');
    const first = createSimulatedCluster({ stateFile, readyAfterMs: 60_000 });
    const { namespace, component, run } = await planCanary(simulatedHarness(first));
    await run.apply(namespace, [{ kind: 'canary', component, replicas: 1 }]);
    first.close();

    const second = reopened({ stateFile, readyAfterMs: 5 });
    const { doom } = await createRunner(second).apply(namespace, shiftTo(component, 10));

    expect(doom).toBeUndefined();
  });

  it('seeds only what is not there yet', () => {
    const stateFile = join(directory, 'seed.json');
    const seed = { workloads: [{ namespace: 'shop', name: 'api', image: 'api:1' }] };
    const first = createSimulatedCluster({ stateFile, seed });
    first.editWorkload('shop', 'api', { replicas: 5 });
    first.close();

    const second = reopened({ stateFile, seed });

    return expect(second.workload({ namespace: 'shop', name: 'api' })).resolves.toMatchObject({
      replicas: 5,
    });
  });

  it('seeds a pod in trouble under its name, and the one that takes its place is well', async () => {
    const sick = { pod: 'api-123456-abcde', fate: 'crashloop' } as const;
    const api = { namespace: 'shop', name: 'api', image: 'api:1', replicas: 2, sick };
    const world = reopened({ readyAfterMs: 5, seed: { workloads: [api] } });
    const readyOnce = (wanted: number) =>
      new Promise<WorkloadView>((resolve) => {
        const watching = world.observeWorkload(api, (seen) => {
          const view = seen.fresh ? seen.value : undefined;
          const waiting = view?.pods.some(({ containers }) => containers[0]?.waiting !== undefined);
          if (view?.workload.status.readyReplicas !== wanted || waiting !== wanted < 2) return;
          watching.close();
          resolve(view);
        });
      });
    const before = await readyOnce(1);
    const ref = { namespace: api.namespace, name: sick.pod };
    const found = await world.pod(ref);

    await world.deletePod(api.namespace, { name: sick.pod, uid: found?.uid ?? '' });

    expect(before.pods.filter(({ ready }) => !ready)).toMatchObject([{ name: sick.pod }]);
    expect((await readyOnce(2)).pods.map(({ name }) => name)).not.toContain(sick.pod);
    expect(await world.pod(ref)).toBeUndefined();
  });
});

describe('out of reach', () => {
  it('calls fail, watches lose sight, and both come back', async () => {
    const away = createSimulatedCluster();
    const at = { namespace: 'shop', name: 'api' };
    away.seedWorkload({ ...at, image: 'api:1' });
    const seen: boolean[] = [];
    const watching = away.observeWorkload(at, ({ fresh }) => seen.push(fresh));
    await away.workload(at);

    away.setReachable(false);
    await expect(away.workload(at)).rejects.toMatchObject({ type: 'cluster-unreachable' });
    away.setReachable(true);
    await away.workload(at);

    watching.close();
    expect(seen).toEqual([true, false, true]);
  });
});
