import { expect, it } from '@jest/globals';
import type { PodUsage } from '@fairlead/cluster/decisions';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { Mend } from '@fairlead/contracts';
import { createRunner, NAMESPACE, seen, verifyRequest } from '../testing/runner.ts';

const AT = '2026-01-02T03:04:05.000Z';
/** After the act, and before all were ready. */
const BEFORE = '2026-01-02T03:04:06.000Z';
const SINCE = '2999-01-02T03:05:00.000Z';
const TEMPLATE = {
  metadata: { labels: { app: 'api' } },
  spec: {
    containers: [{ name: 'api', image: 'api:1', resources: { limits: { memory: '100' } } }],
  },
};

async function scaled(
  usageOf: (pod: string) => readonly PodUsage[] | undefined,
  over = {},
  replicas = 1,
) {
  const cluster = createSimulatedCluster({
    seed: {
      workloads: [
        { namespace: NAMESPACE, name: 'api', image: 'api:1', template: TEMPLATE, replicas },
      ],
    },
  });
  const { workload, pods } = await seen(cluster, () => true);
  const usage = usageOf(pods[0]?.name ?? '');
  if (usage !== undefined) cluster.seedUsage(NAMESPACE, usage);
  const mend: Mend = {
    ...{ action: 'scale_deployment', workload: 'api', uid: workload.uid, from: 1, to: replicas },
  };
  return createRunner(cluster).clusterVerify(verifyRequest({ mend, at: AT, ...over }));
}

const using = (memory: number, at: string) => (pod: string) => [
  { pod, at, containers: [{ name: 'api', cpu: 0, memory }] },
];

it('has not helped a container that is at its limit still, though all are ready', async () => {
  expect(await scaled(using(97, SINCE))).toMatchObject({
    helped: false,
    detail: expect.stringMatching(
      /^healthy for 0\.05 s, but still api-.*, container api: memory at 97 % of its limit of 100$/,
    ),
    after: { healthy: true },
  });
});

it('has helped one that has room now', async () => {
  expect(await scaled(using(60, SINCE))).toMatchObject({
    ...{ helped: true, detail: 'healthy for 0.05 s' },
  });
});

it.each([
  ['nobody measures', () => undefined],
  ['was measured before it was healthy alone', using(97, BEFORE)],
  ['is another workload’s', () => using(97, SINCE)('web-1')],
])('says that it does not know where what is used %s', async (_what, usage) => {
  expect(await scaled(usage)).toMatchObject({
    helped: true,
    detail: 'healthy for 0.05 s; what its containers use was not measured since',
  });
});

it.each([
  [97, false, /but still api-/],
  [60, true, /was not measured since/],
])(
  'judges by what it has where one pod is not measured yet: %d %%',
  async (used, helped, detail) => {
    expect(await scaled(using(used, SINCE), {}, 2)).toMatchObject({
      ...{ helped, detail: expect.stringMatching(detail) },
    });
  },
);

it('asks for no measurement of what was restarted', async () => {
  const mend: Mend = { action: 'restart_pod', pod: 'any', uid: 'any', evict: false };

  expect(await scaled(using(97, SINCE), { mend })).toMatchObject({ helped: true });
});
