import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { DeploymentPlan, LedgerView } from '@fairlead/contracts';
import { startStage } from '@fairlead/testing/e2e';
import type { Stage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { requestOf } from '@fairlead/testing/workflows';

/** Twenty by `npm run soak`; here two, since the count is as exact for each. */
const COUNT = Number(process.env['FAIRLEAD_SOAK_TARGETS'] ?? 2);
const TARGETS = Array.from({ length: COUNT }, (_unused, index) => `app-${index}`);

/** What each target is asked for, in this order: ten that count, and one refused, which does not. */
const RUNS: readonly Pick<DeploymentPlan, 'type' | 'components'>[] = [
  run('rolling', '2'),
  run('canary', '3'),
  run('canary', 'crashloop-4'),
  run('rolling', '5', 'nowhere'),
  run('rolling', '6'),
  run('rolling', '6'),
  run('canary', '7'),
  run('rolling', 'crashloop-8'),
  run('canary', '9'),
  run('canary', '10'),
  run('rolling', '11'),
];

const EXPECTED = {
  deployments: {
    rolling: { succeeded: 4, 'rolled-back': 1 },
    canary: { succeeded: 4, 'rolled-back': 1 },
  },
  rollbacks: { succeeded: 2, failed: 0 },
};
const COUNTED = TARGETS.length * 10;

/** Share of the deployments that have ended when the worker dies. */
const KILL_AT = [0.1, 0.45, 0.8];
/** Of the kill's own cost the most is the heartbeat timeout of what the worker held, three times. */
const DEADLINE_MS = 240_000;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage((directory) => ['--sandbox', directory]);
  const cluster = createSimulatedCluster({
    stateFile: join(stage.directory, 'cluster.json'),
    seed: {
      workloads: TARGETS.map((name) => ({
        ...{ namespace: name, name: 'api', image: 'registry.test/api:1', replicas: 4 },
      })),
    },
  });
  cluster.close();
  await stage.startWorker();
});

afterAll(() => stage.stop());

function run(type: 'rolling' | 'canary', tag: string, workload = 'api') {
  const image = `registry.test/api:${tag}`;
  return { type, components: [{ name: 'api', workload, image, after: [] }] };
}

/** What lists show: the memos, as visibility has them. */
async function memos(): Promise<Map<string, LedgerView>> {
  const found = new Map<string, LedgerView>();
  const query = 'WorkflowType = "target" AND ExecutionStatus = "Running"';
  for await (const { memo } of stage.client.workflow.list({ query })) {
    const ledger = memo?.['ledger'] as LedgerView | undefined;
    if (ledger !== undefined) found.set(ledger.application, ledger);
  }
  return found;
}

function countsOf({ totals }: LedgerView) {
  const deployments = Object.entries(totals.deployments).map(([type, byOutcome]) => [
    type,
    Object.fromEntries(
      Object.entries(byOutcome).map(([outcome, { count }]) => [outcome, count]),
    ) as Record<string, number>,
  ]);
  const { succeeded, failed } = totals.rollbacks;
  return {
    deployments: Object.fromEntries(deployments) as Record<string, Record<string, number>>,
    rollbacks: { succeeded: succeeded.count, failed: failed.count },
  };
}

async function untilEnded(count: number): Promise<void> {
  let ended = 0;
  await waitFor(
    async () => {
      ended = [...(await memos()).values()]
        .flatMap((ledger) => Object.values(countsOf(ledger).deployments))
        .flatMap((byOutcome) => Object.values(byOutcome))
        .reduce((sum, of) => sum + of, 0);
      return ended >= count;
    },
    {
      deadlineMs: DEADLINE_MS,
      pollMs: 500,
      what: () => `${count} deployments to end; ${ended} have`,
    },
  );
}

it(
  `counts ${COUNTED} deployments of ${COUNT} targets exactly, with the worker killed three times`,
  async () => {
    await Promise.all(
      TARGETS.map(async (application) => {
        for (const [index, of] of RUNS.entries()) {
          const place = { application, namespace: application, onBusy: 'queue' } as const;
          await stage.request(requestOf(`${application}-${index}`, { ...place, ...of }));
        }
      }),
    );

    for (const share of KILL_AT) {
      await untilEnded(COUNTED * share);
      await stage.killWorkers();
      await stage.startWorker();
    }
    await untilEnded(COUNTED);

    const shown = await memos();
    expect([...shown.keys()].sort()).toEqual([...TARGETS].sort());
    for (const ledger of shown.values()) {
      expect({ application: ledger.application, ...countsOf(ledger) }).toEqual({
        application: ledger.application,
        ...EXPECTED,
      });
      expect(ledger.present?.components).toMatchObject([{ image: 'registry.test/api:11' }]);
    }
  },
  DEADLINE_MS,
);
