import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentPlan, DeploymentRecord } from '@fairlead/contracts';
import { NEW_IMAGE, OLD_IMAGE, ROUTE, startClusterStage } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import type { AuditEntry } from '@fairlead/testing/servers';

/** The must-hold's own limit, from the pod's status write to the write that takes the weight away. */
const WEIGHT_ZERO_WITHIN_MS = 2_000;

const ROUTERS = ['replicas', 'gateway-api'] as const;
type Router = (typeof ROUTERS)[number];

let stage: ClusterStage;
let number = 0;

beforeAll(async () => {
  stage = await startClusterStage();
  await stage.startWorker();
});

afterAll(() => stage.stop());

interface DeploymentObject {
  readonly spec: { readonly replicas: number; readonly template: object };
}
interface RouteObject {
  readonly spec: {
    readonly rules: readonly {
      readonly backendRefs: readonly { readonly name: string; readonly weight: number }[];
    }[];
  };
}

function planOf(router: Router, plan: Partial<DeploymentPlan> = {}): Partial<DeploymentPlan> {
  const traffic =
    router === 'replicas' ? ({ router } as const) : ({ router, route: ROUTE } as const);
  const steps = [
    { kind: 'weight', weight: 10 },
    { kind: 'weight', weight: 50 },
  ] as const;
  return { canary: { traffic, steps }, ...plan };
}

/** Runs a deployment to its end; answers with its record. */
async function deploy(
  target: SeededTarget,
  options: Parameters<SeededTarget['request']>[1],
): Promise<DeploymentRecord> {
  const id = `run-${(number += 1)}`;
  await stage.request(target.request(id, options));
  await stage.result(id);
  return stage.record(id);
}

function kindsOf({ events }: DeploymentRecord): string[] {
  return events.flatMap(({ type, kind }) => (type === undefined ? [] : [kind]));
}

/** Everything that must be as before, as the API server gives it: key order and all. */
async function stateOf({ namespace }: SeededTarget): Promise<string> {
  const { fixtures } = stage;
  const { spec } = await fixtures.get<DeploymentObject>('deployments', namespace, 'api');
  const route = await fixtures.get<RouteObject>('httproutes', namespace, ROUTE);
  return JSON.stringify([spec, route.spec]);
}

async function templateOf({ namespace }: SeededTarget): Promise<string> {
  const { spec } = await stage.fixtures.get<DeploymentObject>('deployments', namespace, 'api');
  return JSON.stringify(spec.template);
}

async function namesOf({ namespace }: SeededTarget): Promise<string[]> {
  const names = await stage.cluster.kubectl([
    ...['get', 'deployments,services', '-n', namespace, '-o', 'name'],
  ]);
  return names.trim().split('\n');
}

async function imagesOfPods({ namespace }: SeededTarget): Promise<string[]> {
  const images = await stage.cluster.kubectl([
    ...['get', 'pods', '-n', namespace, '-o', 'jsonpath={.items[*].spec.containers[*].image}'],
  ]);
  return [...new Set(images.trim().split(' '))];
}

/** Requests of one namespace, oldest first; a write that was just answered may be missing for a moment. */
function auditOf({ namespace }: SeededTarget): Promise<AuditEntry[]> {
  return stage.cluster.auditEntries({ namespace });
}

function findEntry(
  target: SeededTarget,
  what: string,
  matches: (entry: AuditEntry) => boolean,
): Promise<AuditEntry> {
  return waitFor(async () => (await auditOf(target)).find(matches), { deadlineMs: 60_000, what });
}

/** When kwok, which plays the kubelet here, reported what dooms a pod of the canary. */
function doomReport(target: SeededTarget, reason: string): Promise<AuditEntry> {
  return findEntry(
    target,
    `a pod's status ${reason}`,
    ({ user, objectRef, responseObject }) =>
      user.username === 'kwok' &&
      objectRef?.resource === 'pods' &&
      objectRef.name?.startsWith('api-canary-') === true &&
      JSON.stringify(responseObject).includes(reason),
  );
}

function removal(target: SeededTarget): Promise<AuditEntry> {
  return findEntry(
    target,
    'the removal of the canary',
    ({ user, verb, objectRef, responseStatus }) =>
      user.username === 'fairlead' &&
      verb === 'delete' &&
      objectRef?.resource === 'deployments' &&
      responseStatus?.code === 200,
  );
}

/** The first patch of the route that leaves the canary nothing, after one that gave it something. */
async function routeBack(target: SeededTarget): Promise<AuditEntry> {
  let served = false;
  return findEntry(target, 'weight 0', ({ user, verb, objectRef, responseObject }) => {
    if (user.username !== 'fairlead' || verb !== 'patch') return false;
    if (objectRef?.resource !== 'httproutes') return false;
    const { spec } = responseObject as RouteObject;
    const canary = spec.rules[0]?.backendRefs.find(({ name }) => name === 'api-canary');
    const weight = canary?.weight ?? 0;
    if (weight > 0) served = true;
    return served && weight === 0;
  });
}

function elapsedMs(from: AuditEntry, to: AuditEntry): number {
  return Date.parse(to.stageTimestamp) - Date.parse(from.stageTimestamp);
}

/** A figure for the reader; what it must stay under is asserted beside it. */
function print(what: string, figureMs: number): void {
  process.stdout.write(`${what}: ${figureMs} ms\n`);
}

describe('a good version on a real control plane', () => {
  it.each(ROUTERS)('goes 10 → 50 → promotion by router %s', async (router) => {
    const target = await stage.seedTarget();
    const before = await stateOf(target);

    const record = await deploy(target, { plan: planOf(router) });

    expect(record).toMatchObject({ outcome: 'succeeded', weight: 100, left: [] });
    expect(kindsOf(record)).toEqual([
      'deployment-started',
      'canary-started',
      'canary-completed',
      'canary-promoted',
      'deployment-completed',
    ]);
    expect(await stateOf(target)).toBe(before.replace(OLD_IMAGE, NEW_IMAGE));
    expect(await imagesOfPods(target)).toEqual([NEW_IMAGE]);
    expect(await namesOf(target)).toEqual(['deployment.apps/api', 'service/api']);
    expect(await weightsSeen(target, router)).toEqual([10, 50]);
  });
});

/** The weights that the canary really had, in order, from the audit log. */
async function weightsSeen(target: SeededTarget, router: Router): Promise<number[]> {
  await removal(target);
  const weights = (await auditOf(target)).flatMap((entry) => {
    const { user, verb, objectRef, responseObject } = entry;
    if (user.username !== 'fairlead' || !['create', 'patch'].includes(verb)) return [];
    if (router === 'replicas') {
      if (objectRef?.resource !== 'deployments') return [];
      const { metadata, spec } = responseObject as DeploymentObject & {
        metadata: { name: string };
      };
      return metadata.name === 'api-canary' ? [spec.replicas * 10] : [];
    }
    if (objectRef?.resource !== 'httproutes') return [];
    const { spec } = responseObject as RouteObject;
    const canary = spec.rules[0]?.backendRefs.find(({ name }) => name === 'api-canary');
    return canary === undefined || canary.weight === 0 ? [] : [canary.weight];
  });
  return [...new Set(weights)];
}

describe('a version whose pods are doomed', () => {
  it.each(
    ROUTERS.flatMap((router) => [
      [router, 'crashloop', 'CrashLoopBackOff', 'CrashLoopBackOff'] as const,
      [router, 'imagepull', 'ImagePullBackOff', 'ImagePull'] as const,
    ]),
  )('by router %s, %s: is taken away at once', async (router, tag, reported, type) => {
    const target = await stage.seedTarget();
    const before = await stateOf(target);
    const template = await templateOf(target);

    const record = await deploy(target, {
      image: `registry.test/api:${tag}-2`,
      plan: planOf(router),
    });

    expect(record).toMatchObject({ outcome: 'rolled-back', weight: 0, error: { type }, left: [] });
    expect(kindsOf(record)).toEqual([
      'deployment-started',
      'canary-started',
      'deployment-failed',
      'rollback-initiated',
      'rollback-completed',
    ]);
    expect(await templateOf(target)).toBe(template);
    expect(await stateOf(target)).toBe(before);
    expect(await imagesOfPods(target)).toEqual([OLD_IMAGE]);
    expect(await namesOf(target)).toEqual(['deployment.apps/api', 'service/api']);
    const tookMs = elapsedMs(await doomReport(target, reported), await removal(target));
    print(`${router}, ${tag}: from the pod's status to the canary's removal`, tookMs);
    expect(tookMs).toBeGreaterThanOrEqual(0);
    expect(tookMs).toBeLessThan(WEIGHT_ZERO_WITHIN_MS);
  });

  it.each(ROUTERS)('while it takes traffic by router %s: gives it back at once', async (router) => {
    const target = await stage.seedTarget();
    const before = await stateOf(target);
    const { canary } = planOf(router);
    const [first] = canary!.steps;

    const record = await deploy(target, {
      image: 'registry.test/api:latecrash-2',
      plan: {
        canary: { ...canary!, steps: [first!, { kind: 'pause', durationMs: 60_000 }] },
      },
    });

    expect(record).toMatchObject({ outcome: 'rolled-back', error: { type: 'CrashLoopBackOff' } });
    expect(await stateOf(target)).toBe(before);
    expect(await imagesOfPods(target)).toEqual([OLD_IMAGE]);
    const back = router === 'replicas' ? await removal(target) : await routeBack(target);
    const tookMs = elapsedMs(await doomReport(target, 'CrashLoopBackOff'), back);
    print(`${router}, latecrash: from the pod's status to weight 0`, tookMs);
    expect(tookMs).toBeGreaterThanOrEqual(0);
    expect(tookMs).toBeLessThan(WEIGHT_ZERO_WITHIN_MS);
  });

  it.each(ROUTERS)('by never becoming ready, by router %s: at the deadline', async (router) => {
    const progressDeadlineMs = 3_000;
    const target = await stage.seedTarget();
    const before = await stateOf(target);

    const record = await deploy(target, {
      image: 'registry.test/api:neverready-2',
      plan: planOf(router, { progressDeadlineMs }),
    });

    expect(record).toMatchObject({
      outcome: 'rolled-back',
      error: { type: 'ProgressDeadline' },
      left: [],
    });
    expect(await stateOf(target)).toBe(before);
    expect(await imagesOfPods(target)).toEqual([OLD_IMAGE]);
    const made = await findEntry(
      target,
      'the creation of the canary',
      ({ user, verb, objectRef }) =>
        user.username === 'fairlead' && verb === 'create' && objectRef?.resource === 'deployments',
    );
    const tookMs = elapsedMs(made, await removal(target));
    print(`${router}, neverready: deadline ${progressDeadlineMs} ms, removed after`, tookMs);
    // The deadline counts from the change's start, which is a moment before its first write.
    expect(tookMs).toBeGreaterThan(progressDeadlineMs - 1_000);
  });
});
