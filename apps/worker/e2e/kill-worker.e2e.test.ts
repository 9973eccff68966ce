import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CanaryStep, DeploymentRecord, Outcome, Phase } from '@fairlead/contracts';
import { HELD, startClusterProxy } from '@fairlead/testing/cluster';
import type { TcpProxy } from '@fairlead/testing/cluster';
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
const HALF = { kind: 'weight', weight: 50 } as const;

/** In the middle of which phase the worker dies, and how the run ends all the same. */
interface Case {
  readonly phase: Phase;
  readonly name: string;
  readonly steps: readonly CanaryStep[];
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly bakeMs?: number;
  readonly outcome: Outcome;
}

const CASES = {
  planned: { phase: 'planned', name: 'planned', steps: [HALF], outcome: 'succeeded' },
  canary: {
    ...{ phase: 'canary', name: 'canary', steps: [HALF], outcome: 'succeeded' },
    podLabels: HELD,
  },
  pause: {
    ...{ phase: 'canary', name: 'pause', outcome: 'succeeded' },
    steps: [HALF, { kind: 'pause', durationMs: 20_000 }],
  },
  approval: {
    ...{ phase: 'awaiting-approval', name: 'approval', outcome: 'succeeded' },
    steps: [HALF, { kind: 'approval' }],
  },
  promoting: {
    ...{ phase: 'promoting', name: 'promoting', steps: [HALF], outcome: 'succeeded' },
    podLabels: HELD,
  },
  rollback: {
    ...{ phase: 'rolling-back', name: 'rollback', steps: [HALF], outcome: 'rolled-back' },
    ...{ podLabels: HELD, bakeMs: 120_000 },
  },
} as const satisfies Record<string, Case>;

interface Scene extends Case {
  readonly router: Router;
  readonly id: string;
  readonly target: SeededTarget;
  readonly before: string;
}

const KINDS: Partial<Record<Outcome, readonly string[]>> = {
  succeeded: [
    'deployment-started',
    'canary-started',
    'canary-completed',
    'canary-promoted',
    'deployment-completed',
  ],
  // By a person, who looked at it for a while after its promotion: nothing failed.
  'rolled-back': [
    'deployment-started',
    'canary-started',
    'canary-completed',
    'canary-promoted',
    'rollback-initiated',
    'rollback-completed',
  ],
};

let stage: ClusterStage;
/** Between the workers and the API server. */
let proxy: TcpProxy;
let startWorker: () => Promise<unknown>;
const scenes = new Map<string, Scene>();
/** What each run showed at the moment of the kill. */
const seen = new Map<string, DeploymentRecord>();

interface Spec {
  readonly spec: object;
}

async function stateOf({ namespace }: SeededTarget): Promise<string> {
  const { spec } = await stage.fixtures.get<Spec>('deployments', namespace, 'api');
  const route = await stage.fixtures.get<Spec>('httproutes', namespace, ROUTE);
  return JSON.stringify([spec, route.spec]);
}

async function seed(one: Case, router: Router): Promise<void> {
  const { podLabels } = one;
  const target = await stage.seedTarget({
    replicas: 2,
    ...(podLabels === undefined ? {} : { podLabels }),
  });
  const id = `${one.name}-${router}`;
  scenes.set(id, { ...one, router, id, target, before: await stateOf(target) });
}

function scenesOf(...cases: readonly Case[]): Scene[] {
  return [...scenes.values()].filter(({ name }) => cases.some((one) => one.name === name));
}

async function start(...cases: readonly Case[]): Promise<void> {
  await Promise.all(
    scenesOf(...cases).map(({ id, target, router, steps, bakeMs = 0 }) => {
      const traffic =
        router === 'replicas' ? ({ router } as const) : ({ router, route: ROUTE } as const);
      const canary = { traffic, steps };
      return stage.request(
        target.request(id, { plan: { canary, bakeMs, progressDeadlineMs: DEADLINE_MS } }),
      );
    }),
  );
}

/** The pods whose name begins so become ready until then; those that come later wait. */
async function letReadyUntil(
  { id, target }: Scene,
  condition: (record: DeploymentRecord) => boolean,
  prefix?: string,
): Promise<void> {
  await waitFor(
    async () => {
      await stage.fixtures.letReady(target.namespace, prefix);
      const record = await stage.record(id).catch(() => undefined);
      return record !== undefined && condition(record);
    },
    { deadlineMs: DEADLINE_MS, what: `${id} to come on with its pods ready` },
  );
}

async function untilPhase(phase: Phase, ...cases: readonly Case[]): Promise<void> {
  await Promise.all(
    scenesOf(...cases).map(({ id }) =>
      stage.until(id, (record) => record.phase === phase, `${id} to be ${phase}`),
    ),
  );
}

async function signal(name: 'abort' | 'promote', one: Case): Promise<void> {
  await Promise.all(
    scenesOf(one).map(({ id }) =>
      stage.client.workflow.getHandle(`deployment/${id}`).signal(name, { actor: 'ann' }),
    ),
  );
}

/** Brings every run into the middle of its phase at the same moment, and kills the worker there. */
async function killInTheMiddle(): Promise<void> {
  await start(CASES.rollback);
  await Promise.all(
    scenesOf(CASES.rollback).map((one) => letReadyUntil(one, ({ phase }) => phase === 'baking')),
  );
  await start(CASES.approval);
  await untilPhase('awaiting-approval', CASES.approval);
  await start(CASES.promoting);
  await Promise.all(
    scenesOf(CASES.promoting).map((one) =>
      letReadyUntil(one, ({ phase }) => phase === 'promoting', 'api-canary-'),
    ),
  );
  // These three wait for pods that are held.
  await signal('abort', CASES.rollback);
  await start(CASES.canary, CASES.pause);
  await Promise.all(
    scenesOf(CASES.pause).map(({ id }) =>
      stage.until(id, ({ waitingUntil }) => waitingUntil !== undefined, `${id} to pause`),
    ),
  );
  await Promise.all(
    scenesOf(CASES.canary, CASES.promoting, CASES.rollback).map(({ id }) =>
      stage.untilWorkingAt(id, 'clusterApply'),
    ),
  );
  // An API server that does not answer: what is planned now is still being read when the worker dies.
  proxy.freeze();
  try {
    await start(CASES.planned);
    await Promise.all(
      scenesOf(CASES.planned).map(({ id }) => stage.untilWorkingAt(id, 'clusterSnapshot')),
    );
    await Promise.all(
      [...scenes.keys()].map(async (id) => {
        seen.set(id, await stage.record(id));
      }),
    );
    await stage.killWorkers();
  } finally {
    proxy.mend();
  }
}

beforeAll(async () => {
  stage = await startClusterStage();
  const proxied = await startClusterProxy(stage.cluster);
  proxy = proxied.proxy;
  startWorker = () => stage.startWorker(['--kubeconfig', proxied.kubeconfig]);
  await startWorker();
  await Promise.all(
    ROUTERS.flatMap((router) => Object.values(CASES).map((one) => seed(one, router))),
  );
  await killInTheMiddle();
  const begin = performance.now();
  await startWorker();
  await signal('promote', CASES.approval);
  await Promise.all(
    [...scenes.values()].map(async (one) => {
      const { id, podLabels } = one;
      if (podLabels === HELD) await letReadyUntil(one, ({ outcome }) => outcome !== undefined);
      await stage.result(id);
      process.stdout.write(
        `${id}: ended ${Math.round(performance.now() - begin)} ms after the kill\n`,
      );
    }),
  );
});

afterAll(async () => {
  await stage.stop();
  await proxy.close();
});

describe.each(Object.values(CASES))('a worker killed in the middle of $name', (one: Case) => {
  it.each(ROUTERS)('was there when it died, by router %s', (router) => {
    const record = seen.get(`${one.name}-${router}`);

    expect(record?.phase).toBe(one.phase);
    expect(record?.outcome).toBeUndefined();
  });

  it.each(ROUTERS)('changes nothing in how it ends, by router %s', async (router) => {
    const { id, target, before } = scenes.get(`${one.name}-${router}`)!;

    const record = await stage.record(id);

    expect(record).toMatchObject({ outcome: one.outcome, left: [] });
    const after = one.outcome === 'succeeded' ? before.replace(OLD_IMAGE, NEW_IMAGE) : before;
    expect(await stateOf(target)).toBe(after);
    const names = await stage.cluster.kubectl([
      ...['get', 'deployments,services', '-n', target.namespace, '-o', 'name'],
    ]);
    expect(names.trim().split('\n')).toEqual(['deployment.apps/api', 'service/api']);
  });

  it.each(ROUTERS)('lets no change be made twice, by router %s', async (router) => {
    const { target } = scenes.get(`${one.name}-${router}`)!;

    const { namespace } = target;
    const writes = effectiveWrites(await stage.cluster.auditEntries({ namespace }), {
      user: 'fairlead',
      namespace,
    });

    expect(writes).toContain('create deployments/api-canary');
    expect(writes).toContain('delete deployments/api-canary');
    expect(writes.filter((write, index) => writes.indexOf(write) < index)).toEqual([]);
  });

  it.each(ROUTERS)('tells what is to be told, each by one key, by router %s', async (router) => {
    const { id } = scenes.get(`${one.name}-${router}`)!;

    const { events, deliveries } = await stage.record(id);
    const told = new Map(stage.messages(id).map(({ key, kind }) => [key, kind]));

    expect(events.flatMap(({ type, kind }) => (type === undefined ? [] : [kind]))).toEqual(
      KINDS[one.outcome],
    );
    expect([...told.values()]).toEqual(KINDS[one.outcome]);
    expect(deliveries.map(({ key }) => key)).toEqual([...told.keys()]);
  });
});
