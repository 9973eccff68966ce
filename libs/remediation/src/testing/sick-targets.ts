import { expect } from '@jest/globals';
import type { KubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { ActionName, IssueKind } from '@fairlead/contracts';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { waitFor } from '@fairlead/testing/servers';
import { seen } from './runner.ts';

const GOOD = 'registry.test/api:1';
const DEADLINE_MS = 60_000;
/** So that one sick pod of two does not make the whole unavailable. */
const ONE_MAY_LACK = { strategy: { rollingUpdate: { maxUnavailable: 1 } } };

interface At {
  readonly plane: KubernetesHarness<KubernetesCluster>;
  readonly namespace: string;
}

export interface SickTarget {
  readonly kind: IssueKind;
  readonly action: ActionName;
  /** Of the watcher's clock: what it waits for may be two minutes. */
  readonly aheadMs: number;
  /** Makes the target sick in just this way. */
  readonly befall: (at: At) => Promise<void>;
  /** What the action is to have made. */
  readonly mended: object;
  /** What more must come of the action, beyond this cluster, until the target is well. */
  readonly relieve?: (at: At) => Promise<void>;
}

const RESTARTED = {
  replicas: 2,
  template: {
    metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': expect.any(String) } },
  },
};

const TWO_MINUTES_MS = 2 * 60_000;
/** A pod that is younger counts as made by the action; times of creation are in whole seconds. */
const NEW_FOR_MS = 6_000;

export const SICK_TARGETS: readonly SickTarget[] = [
  {
    ...{ kind: 'pod_pending', action: 'restart_pod', aheadMs: TWO_MINUTES_MS },
    mended: { replicas: 2, generation: 1 },
    befall: (at) =>
      withSickPod(at, {
        mode: 'pending',
        phase: 'Pending',
        containerStatuses: [containerStatus({ waiting: { reason: 'ContainerCreating' } })],
      }),
  },
  {
    ...{ kind: 'deployment_stuck', action: 'restart_deployment', aheadMs: 0 },
    mended: RESTARTED,
    async befall({ plane, namespace }) {
      const spec = { progressDeadlineSeconds: 1 };
      await plane.seedWorkload({
        ...{ namespace, name: 'api', image: GOOD, replicas: 2, spec },
      });
      await plane.editTemplate(namespace, 'api', {
        metadata: { labels: { 'testcluster/fail': 'stale' } },
      });
    },
  },
  {
    ...{ kind: 'deployment_unavailable', action: 'restart_deployment', aheadMs: TWO_MINUTES_MS },
    mended: RESTARTED,
    async befall({ plane, namespace }) {
      const image = 'registry.test/api:stale-1';
      await plane.fixtures.createWorkload({ namespace, name: 'api', image, replicas: 2 });
      await seen(
        plane.cluster,
        ({ pods }) => pods.length === 2 && pods.every(({ phase }) => phase === 'Running'),
        { namespace, name: 'api' },
      );
    },
  },
  {
    ...{ kind: 'resource_constraint', action: 'scale_deployment', aheadMs: 0 },
    mended: { replicas: 3 },
    async befall(at) {
      await withSickPod(at, {
        mode: 'held',
        containerStatuses: [
          {
            ...containerStatus({ waiting: { reason: 'CrashLoopBackOff' } }, 3),
            lastState: {
              terminated: {
                ...{ exitCode: 137, reason: 'OOMKilled' },
                finishedAt: new Date().toISOString(),
              },
            },
          },
        ],
      });
      const [pod] = await podsOf(at);
      const oldAtMs = Date.parse(pod?.metadata.creationTimestamp ?? '') + NEW_FOR_MS;
      await waitFor(() => Date.now() > oldAtMs, { deadlineMs: DEADLINE_MS, what: 'an old pod' });
    },
    /** Three share the load of two. */
    async relieve(at) {
      const { plane, namespace } = at;
      await seen(plane.cluster, ({ workload }) => workload.replicas === 3, {
        ...{ namespace, name: 'api' },
      });
      const pods = await podsOf(at);
      const sick = pods.find(({ metadata }) => metadata.labels['testcluster/fail'] === 'held');
      await show(at, {
        pod: sick?.metadata.name ?? '',
        mode: 'relieved',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [{ ...containerStatus({ running: {} }, 3), ready: true }],
      });
    },
  },
];

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly labels: Readonly<Record<string, string>>;
  };
}

function podsOf({ plane, namespace }: At): Promise<readonly Pod[]> {
  return plane.fixtures.list<Pod>('pods', namespace);
}

function containerStatus(state: object, restartCount = 0): object {
  return { ...{ name: 'api', image: GOOD, imageID: '' }, ready: false, restartCount, state };
}

interface Shown {
  /** A word of the test cluster's; one that it has no stage for leaves the pod as it is shown. */
  readonly mode: string;
  readonly phase?: string;
  readonly conditions?: readonly object[];
  readonly containerStatuses: readonly object[];
}

/** One of two good pods is sick. */
async function withSickPod(at: At, shown: Shown): Promise<void> {
  const { plane, namespace } = at;
  const seed = { namespace, name: 'api', image: GOOD, replicas: 2 };
  await plane.seedWorkload({ ...seed, spec: ONE_MAY_LACK });
  const [pod] = await podsOf(at);
  const conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
  await show(at, { pod: pod?.metadata.name ?? '', conditions, ...shown });
}

async function show(
  { plane: { fixtures }, namespace }: At,
  { pod, mode, ...status }: Shown & { readonly pod: string },
): Promise<void> {
  const metadata = { labels: { 'testcluster/fail': mode } };
  await fixtures.edit('pods', namespace, pod, { metadata });
  await fixtures.editStatus('pods', namespace, pod, status);
}
