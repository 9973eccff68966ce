import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { createClusterActivities } from '@fairlead/cluster';
import { createKubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { KubernetesCluster } from '@fairlead/cluster/kubernetes';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { waitFor } from '@fairlead/testing/servers';
import {
  createRecordingDeliveries,
  remediationPolicyOf,
  reportIssue,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { createRemediationActivities } from './activities.ts';
import { interleavedWrites, writesOf } from './testing/interleaved-writes.ts';

/** "200 random interleavings (seeded)": the same at every run; `npm run soak` makes them all. */
const INTERLEAVINGS = Number(process.env['FAIRLEAD_SOAK_INTERLEAVINGS'] ?? 6);
const AT_ONCE = 20;
const SEED = 20_260_102;
/** Longest that the one waits after the other: about as long as a deployment lasts, or two actions. */
const SPREAD_MS = 3_000;
/** Longest that an action is held back right before its write: a deployment that did not wait is at work then. */
const HELD_MS = 1_000;
const DEADLINE_MS = 90_000;
/** Two connections, so that the audit log tells who wrote. */
const WRITERS = { deploying: 'fairlead', mending: 'other' };

let plane: KubernetesHarness<KubernetesCluster>;
let mender: KubernetesCluster;
let harness: WorkflowHarness;
const namespaces: string[] = [];
/** By namespace: how long an action is held back. */
const heldMs = new Map<string, number>();
/** Namespaces in which an action was begun. */
const begun = new Set<string>();

beforeAll(async () => {
  plane = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
  mender = createKubernetesCluster({ kubeconfig: plane.server.kubeconfigs.other });
  const remediation = createRemediationActivities({ cluster: mender });
  const { ladders } = remediationPolicyOf();
  const policy = remediationPolicyOf({
    ...{ namespaces, cooldownMs: 0, maxAttempts: 100, verifyForMs: 100 },
    ladders: { ...ladders, pod_crash: ['restart_pod', 'restart_deployment'] },
    limits: { targetsAtOnce: 1_000, actionsPerHour: 100_000 },
  });
  harness = await startWorkflowHarness(
    {
      ...createClusterActivities({ cluster: plane.cluster }),
      ...remediation,
      async clusterMend(request) {
        begun.add(request.namespace);
        await delay(heldMs.get(request.namespace));
        return remediation.clusterMend(request);
      },
      ...createRecordingDeliveries(),
      remediationPolicy: () => Promise.resolve(policy),
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['chat'] },
  );
});

afterAll(async () => {
  await harness.stop();
  mender.close();
  await plane.stop();
});

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the figures of Numerical Recipes: 0 to below 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A Kubernetes Deployment whose pods crash whatever is done, until an image comes that is good. */
async function seedTarget(): Promise<string> {
  const namespace = await plane.createNamespace();
  namespaces.push(namespace);
  const image = 'registry.test/api:crashloop-1';
  await plane.fixtures.createWorkload({ namespace, name: 'api', image, replicas: 2 });
  return namespace;
}

async function deploy(namespace: string): Promise<string> {
  const place = { namespace, application: namespace };
  const components = [{ name: 'api', workload: 'api', image: 'registry.test/api:2', after: [] }];
  await harness.request(requestOf(`d-${namespace}`, { ...place, components }));
  const { outcome } = await harness.result(`d-${namespace}`);
  return outcome;
}

function report(namespace: string): Promise<string> {
  return reportIssue(harness.client, {
    ...{ kind: 'pod_crash', environment: 'staging', application: namespace },
    ...{ cluster: 'default', namespace, workload: 'api', source: 'watcher', actor: 'watcher' },
  }).then(
    () => 'taken',
    () => 'refused',
  );
}

const WAYS = ['deployment first', 'report first', 'while an action is on'] as const;

interface Interleaving {
  readonly way: (typeof WAYS)[number];
  readonly afterMs: number;
  readonly heldMs: number;
}

/** Every way as often. */
function interleavings(): readonly Interleaving[] {
  const random = randomNumbers(SEED);
  return Array.from({ length: INTERLEAVINGS }, (_, index) => {
    const way = WAYS[index % WAYS.length] ?? 'report first';
    const held = (HELD_MS * (1 + random())) / 2;
    const spreadMs = way === 'while an action is on' ? held : SPREAD_MS;
    return { way, heldMs: held, afterMs: random() * spreadMs };
  });
}

async function interleave(interleaving: Interleaving) {
  const { way, afterMs } = interleaving;
  const namespace = await seedTarget();
  heldMs.set(namespace, interleaving.heldMs);
  const [first, second] = way === 'deployment first' ? [deploy, report] : [report, deploy];
  const firstAnswer = first(namespace);
  if (way === 'while an action is on') {
    const what = `an action in ${namespace}`;
    await waitFor(() => begun.has(namespace), { deadlineMs: DEADLINE_MS, what });
  }
  await delay(afterMs);
  return { namespace, answers: await Promise.all([firstAnswer, second(namespace)]) };
}

async function judge(namespace: string) {
  const entries = await plane.server.auditEntries({ namespace });
  return {
    collisions: interleavedWrites(entries, WRITERS),
    deployed: writesOf(entries, WRITERS.deploying).length,
    mended: writesOf(entries, WRITERS.mending).length,
  };
}

describe('"Deployment and remediation requested at once"', () => {
  it(`"never both alive (I3), by the API server's audit log", and every deployment comes through`, async () => {
    const ended: Awaited<ReturnType<typeof interleave>>[] = [];
    const all = interleavings();
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE);
      ended.push(...(await Promise.all(some.map(interleave))));
    }

    const judged = await Promise.all(ended.map(({ namespace }) => judge(namespace)));
    const mended = judged.filter((one) => one.mended > 0);
    process.stdout.write(
      `${ended.length} interleavings: ${sum(judged.map((one) => one.deployed))} writes of deployments, ` +
        `${sum(mended.map((one) => one.mended))} of remediation at ${mended.length} targets\n`,
    );
    expect(judged.flatMap(({ collisions }) => collisions)).toEqual([]);
    const answers = ended.flatMap((one) => one.answers);
    expect(answers.filter((answer) => answer === 'succeeded')).toHaveLength(ended.length);
    // Both ways were really taken, and both sides wrote.
    expect(new Set(answers)).toEqual(new Set(['refused', 'succeeded', 'taken']));
    expect(Math.min(...judged.map(({ deployed }) => deployed))).toBeGreaterThan(2);
    expect(mended.length).toBeGreaterThan(0);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
