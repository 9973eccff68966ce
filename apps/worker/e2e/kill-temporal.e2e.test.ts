import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CanaryStep } from '@fairlead/contracts';
import {
  effectiveWrites,
  NEW_IMAGE,
  OLD_IMAGE,
  ROUTE,
  startClusterStage,
} from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';

const ROUTERS = ['replicas', 'gateway-api'] as const;
type Router = (typeof ROUTERS)[number];

/** Pods become ready after 4 s: the server is away while the canary's are awaited. */
const SLOW = { 'testcluster/fail': 'slow' };
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

it('ends as it would have when Temporal is killed in mid-canary and comes back on its file', async () => {
  // The bad one crashes 3 s after it was ready, so its pause must not end before that.
  const stepsOf = (name: string): readonly CanaryStep[] => [
    { kind: 'weight', weight: 50 },
    { kind: 'pause', durationMs: name === 'failing' ? 120_000 : 2_000 },
  ];
  const runs = await Promise.all(
    ROUTERS.flatMap((router) =>
      (['stepping', 'pausing', 'failing'] as const).map(async (name) => {
        const target = await stage.seedTarget({
          replicas: 2,
          ...(name === 'stepping' ? { podLabels: SLOW } : {}),
        });
        return { id: `${name}-${router}`, name, router, target, before: await stateOf(target) };
      }),
    ),
  );
  await Promise.all(
    runs.map(({ id, name, router, target }) =>
      stage.request(
        target.request(id, {
          // It crashes some seconds after it was ready: while the server is away, or soon after.
          ...(name === 'failing' ? { image: 'registry.test/api:latecrash-2' } : {}),
          plan: { canary: canaryOf(router, stepsOf(name)) },
        }),
      ),
    ),
  );
  await Promise.all(
    runs.map(({ id, name }) =>
      name === 'stepping'
        ? stage.untilWorkingAt(id, 'clusterApply')
        : stage.until(id, ({ waitingUntil }) => waitingUntil !== undefined, `${id} to pause`),
    ),
  );

  await stage.killTemporal();
  await stage.restartTemporal();
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
