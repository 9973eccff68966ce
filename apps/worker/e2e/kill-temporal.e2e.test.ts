import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CanaryStep } from '@fairlead/contracts';
import { HELD } from '@fairlead/testing/cluster';
import {
  effectiveWrites,
  NEW_IMAGE,
  OLD_IMAGE,
  ROUTE,
  startClusterStage,
} from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';

const ROUTERS = ['replicas', 'gateway-api'] as const;
type Router = (typeof ROUTERS)[number];

/** A guard against hanging, not a measure. */
const DEADLINE_MS = 120_000;
const KINDS = [
  'deployment-started',
  'canary-started',
  'canary-completed',
  'canary-promoted',
  'deployment-completed',
];
const KINDS_BACK = [
  'deployment-started',
  'canary-started',
  'deployment-failed',
  'rollback-initiated',
  'rollback-completed',
];

let stage: ClusterStage;

beforeAll(async () => {
  stage = await startClusterStage({ ownTemporal: true });
  await stage.startWorker();
});

afterAll(() => stage.stop());

interface Named {
  readonly metadata: { readonly name: string };
}
interface Spec {
  readonly spec: object;
}

async function stateOf({ namespace }: SeededTarget): Promise<string> {
  const { spec } = await stage.fixtures.get<Spec>('deployments', namespace, 'api');
  const route = await stage.fixtures.get<Spec>('httproutes', namespace, ROUTE);
  return JSON.stringify([spec, route.spec]);
}

function canaryOf(router: Router, steps: readonly CanaryStep[]) {
  const traffic =
    router === 'replicas' ? ({ router } as const) : ({ router, route: ROUTE } as const);
  return { traffic, steps };
}

async function writesOf({ namespace }: SeededTarget): Promise<string[]> {
  const entries = await stage.cluster.auditEntries({ namespace });
  return effectiveWrites(entries, { user: 'fairlead', namespace });
}

function stepsOf(durationMs: number): readonly CanaryStep[] {
  const weight = { kind: 'weight', weight: 50 } as const;
  return durationMs === 0 ? [weight] : [weight, { kind: 'pause', durationMs }];
}

async function crashCanary({ namespace }: SeededTarget): Promise<void> {
  const pods = await stage.fixtures.list<Named>('pods', namespace);
  const names = pods.map(({ metadata }) => metadata.name);
  const canary = names.filter((name) => name.startsWith('api-canary-'));
  await Promise.all(canary.map((name) => stage.fixtures.crashPod(namespace, name)));
}

async function letReadyToItsEnd(id: string, { namespace }: SeededTarget): Promise<void> {
  await waitFor(
    async () => {
      await stage.fixtures.letReady(namespace);
      const record = await stage.record(id).catch(() => undefined);
      return record?.outcome !== undefined;
    },
    { deadlineMs: DEADLINE_MS, what: `${id} to end` },
  );
}

it('ends as it would have when Temporal is killed in mid-canary and comes back on its file', async () => {
  // Long enough to be met in it by a poll, and to be in it still when the server dies.
  const pauseMs = { stepping: 0, pausing: 8_000, failing: 120_000 };
  const runs = await Promise.all(
    ROUTERS.flatMap((router) =>
      (['stepping', 'pausing', 'failing'] as const).map(async (name) => {
        const target = await stage.seedTarget({
          replicas: 2,
          ...(name === 'stepping' ? { podLabels: HELD } : {}),
        });
        return { id: `${name}-${router}`, name, router, target, before: await stateOf(target) };
      }),
    ),
  );
  const stepping = runs.filter(({ name }) => name === 'stepping');
  const failing = runs.filter(({ name }) => name === 'failing');
  await Promise.all(
    runs.map(({ id, name, router, target }) => {
      const canary = canaryOf(router, stepsOf(pauseMs[name]));
      const plan = { canary, progressDeadlineMs: DEADLINE_MS };
      return stage.request(target.request(id, { plan }));
    }),
  );
  await Promise.all(
    runs.map(({ id, name }) =>
      name === 'stepping'
        ? stage.untilWorkingAt(id, 'clusterApply')
        : stage.until(id, ({ waitingUntil }) => waitingUntil !== undefined, `${id} to pause`),
    ),
  );

  await stage.killTemporal();
  // While the server is away some pods crash, and others are ready.
  await Promise.all([
    ...failing.map(({ target }) => crashCanary(target)),
    ...stepping.map(({ target }) => stage.fixtures.letReady(target.namespace)),
  ]);
  await stage.restartTemporal();
  await Promise.all(stepping.map(({ id, target }) => letReadyToItsEnd(id, target)));
  await Promise.all(runs.map(({ id }) => stage.result(id)));

  for (const { id, name, target, before } of runs) {
    const isGood = name !== 'failing';
    const record = await stage.record(id);
    const writes = await writesOf(target);
    const told = new Map(stage.messages(id).map(({ key, kind }) => [key, kind]));
    expect(record).toMatchObject({ outcome: isGood ? 'succeeded' : 'rolled-back', left: [] });
    expect(await stateOf(target)).toBe(isGood ? before.replace(OLD_IMAGE, NEW_IMAGE) : before);
    expect(writes.filter((write, index) => writes.indexOf(write) < index)).toEqual([]);
    expect([...told.values()]).toEqual(isGood ? KINDS : KINDS_BACK);
    expect(record.deliveries.map(({ key }) => key)).toEqual([...told.keys()]);
  }
});
