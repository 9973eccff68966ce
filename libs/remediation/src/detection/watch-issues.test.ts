import { afterEach, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import type { PodUsage } from '@fairlead/cluster/decisions';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import { waitFor } from '@fairlead/testing/servers';
import type { Finding } from './findings.ts';
import { watchIssues } from './watch-issues.ts';
import type { IssueWatch, Taking } from './watch-issues.ts';

const AT = { namespace: 'shop', workload: 'api' };
const TEMPLATE = {
  metadata: { labels: { app: 'api' } },
  spec: {
    containers: [{ name: 'api', image: 'api:1', resources: { limits: { memory: '100' } } }],
  },
};

let watch: IssueWatch | undefined;

afterEach(() => watch?.close());

async function setUp(beforeUsage: () => void = () => undefined) {
  const looks = { count: 0 };
  const cluster = createSimulatedCluster({
    seed: { workloads: [{ namespace: 'shop', name: 'api', image: 'api:1', template: TEMPLATE }] },
    beforeCall(method) {
      if (method !== 'podUsage') return;
      looks.count += 1;
      beforeUsage();
    },
  });
  const found: Finding[] = [];
  const answers: Taking[] = [];
  const told: string[] = [];
  const well: string[] = [];
  const clock = { aheadMs: 0 };
  watch = watchIssues({
    cluster,
    workloads: [AT, { ...AT, workload: 'web' }],
    report: (_at, finding) => {
      found.push(finding);
      return Promise.resolve(answers.shift() ?? 'taken');
    },
    unmeasured: (namespace, why) => told.push(`${namespace}: ${why}`),
    well: ({ workload }) => {
      well.push(workload);
      return Promise.resolve(answers.shift() ?? 'taken');
    },
    sampleEveryMs: 1,
    now: () => Date.now() + clock.aheadMs,
  });
  const pod = await new Promise<string>((resolve) => {
    const watching = cluster.observeWorkload({ namespace: 'shop', name: 'api' }, (sight) => {
      const [first] = sight.fresh ? (sight.value?.pods ?? []) : [];
      if (first === undefined) return;
      watching.close();
      resolve(first.name);
    });
  });
  const measure = (memory: number, at: number): PodUsage => ({
    ...{ pod, at: String(at), containers: [{ name: 'api', cpu: 0, memory }] },
  });
  const afterLooks = async (more: number) => {
    const wanted = looks.count + more;
    await waitFor(() => Promise.resolve(looks.count >= wanted), {
      ...{ deadlineMs: 60_000, what: 'some looks' },
    });
  };
  return { cluster, found, answers, told, well, clock, measure, afterLooks };
}

it('what is at its limit for three measurements is reported, once', async () => {
  const { cluster, found, measure, afterLooks } = await setUp();

  for (const at of [1, 2]) {
    cluster.seedUsage('shop', [measure(95, at)]);
    await afterLooks(5);
  }
  expect(found).toEqual([]);
  for (const at of [3, 4]) {
    cluster.seedUsage('shop', [measure(95, at)]);
    await afterLooks(5);
  }

  expect(found.map(({ kind }) => kind)).toEqual(['resource_constraint']);
});

it('what nobody took is told again after 15 seconds, and what was taken after five minutes', async () => {
  const { cluster, found, answers, clock, measure, afterLooks } = await setUp();
  answers.push('not-taken', 'not-taken');
  for (const at of [1, 2, 3]) {
    cluster.seedUsage('shop', [measure(95, at)]);
    await afterLooks(5);
  }
  expect(found).toHaveLength(1);

  const counts = [];
  for (const aheadMs of [14_000, 31_000, 61_000, 301_000, 362_000]) {
    clock.aheadMs = aheadMs;
    await afterLooks(5);
    counts.push(found.length);
  }

  expect(counts).toEqual([1, 2, 3, 3, 4]);
});

it('a cluster without metrics is told of once, and asked again', async () => {
  const { cluster, told, measure, afterLooks } = await setUp();

  await afterLooks(5);
  expect(told).toEqual(['shop: the cluster does not serve metrics.k8s.io']);
  cluster.seedUsage('shop', [measure(1, 1)]);
  await afterLooks(5);

  expect(told).toHaveLength(1);
});

it('a refusal is no end of it', async () => {
  const { told, afterLooks } = await setUp(() => {
    throw new AdapterError('cluster-forbidden', 'may not list pods');
  });

  await afterLooks(5);

  expect(told).toEqual(['shop: may not list pods']);
});

it('a workload is well when it was so for ten minutes: told until it is taken, and every ten minutes', async () => {
  const { cluster, answers, well, clock, measure, afterLooks } = await setUp();
  // What is measured has it judged anew.
  cluster.seedUsage('shop', [measure(1, 1)]);
  await afterLooks(5);
  clock.aheadMs = 9 * 60_000;
  await afterLooks(5);
  expect(well).toEqual([]);

  clock.aheadMs = 11 * 60_000;
  answers.push('not-taken');
  await waitFor(() => well.length > 0, { deadlineMs: 60_000, what: 'the word' });
  await afterLooks(5);
  // There is no other workload.
  expect(well).toEqual(['api']);

  clock.aheadMs += 16_000;
  await afterLooks(5);
  expect(well).toHaveLength(2);

  clock.aheadMs += 9 * 60_000;
  await afterLooks(5);
  expect(well).toHaveLength(2);

  clock.aheadMs += 60_000;
  await afterLooks(5);
  expect(well).toHaveLength(3);
});

it('what is at its limit is not well, however long', async () => {
  const { cluster, found, well, clock, measure, afterLooks } = await setUp();
  for (const at of [1, 2, 3]) {
    cluster.seedUsage('shop', [measure(95, at)]);
    await afterLooks(5);
  }
  clock.aheadMs = 60 * 60_000;
  await afterLooks(5);

  expect(found).not.toEqual([]);
  expect(well).toEqual([]);
});
