import { describe, expect, it } from '@jest/globals';
import type { ContainerStatus, PodView, WorkloadView } from '../objects.ts';
import { judge, UNREADY_GRACE_MS } from './judge.ts';
import { createReadinessMemory } from './readiness-memory.ts';

const at = '2026-01-01T00:00:00Z';
const atMs = Date.parse(at);

function container(over: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name: 'app', init: false, restarts: 0, ...over };
}

function pod(over: Partial<PodView> = {}): PodView {
  return {
    name: 'api-1',
    uid: 'pod-1',
    createdAt: at,
    deleting: false,
    disrupted: false,
    ready: false,
    phase: 'Running',
    readyChangedAt: at,
    containers: [container()],
    ...over,
  };
}

function view(over: Partial<WorkloadView> = {}): WorkloadView {
  return {
    workload: {
      name: 'api',
      uid: 'u',
      generation: 2,
      observedGeneration: 2,
      labels: {},
      annotations: {},
      owners: [],
      replicas: 1,
      paused: false,
      strategy: 'RollingUpdate',
      maxSurge: '25%',
      minReadySeconds: 0,
      selector: {},
      template: { spec: { containers: [] } },
      templateDigest: '',
      status: { replicas: 1, updatedReplicas: 1, readyReplicas: 1 },
    },
    newReplicaSet: { name: 'api-abc', availableReplicas: 1 },
    pods: [pod({ ready: true })],
    otherPods: 0,
    ...over,
  };
}

function judged(seen: WorkloadView, over: { nowMs?: number; alone?: boolean } = {}) {
  const memory = createReadinessMemory();
  return judge(seen, { replicas: 1, alone: false, nowMs: atMs, memory, ...over });
}

describe('available', () => {
  it('means updated and available pods of the new ReplicaSet', () => {
    expect(judged(view())).toEqual({ state: 'available' });
  });

  it.each([
    ['judges only when observedGeneration has reached generation', { observedGeneration: 1 }, {}],
    ['waits for every updated pod', { status: status({ updatedReplicas: 0 }) }, {}],
    ['waits until the old pods are gone', { status: status({ replicas: 2 }) }, {}],
    [
      'waits out minReadySeconds: ready is not yet available',
      {},
      { newReplicaSet: { name: 'api-abc', availableReplicas: 0 } },
    ],
    ['believes a pod before its ReplicaSet', {}, { pods: [pod()] }],
    ['does not count a pod that is ending', {}, { pods: [pod({ ready: true, deleting: true })] }],
    ['does not count what the old ReplicaSets offer', {}, { pods: [], otherPods: 3 }],
  ] as const)('%s', (_rule, workload, over) => {
    const base = view(over);

    const judgement = judged({ ...base, workload: { ...base.workload, ...workload } });

    expect(judgement.state).toBe('progressing');
  });

  it('waits for the last pod of another version where the template is put back', () => {
    expect(judged(view({ otherPods: 1 }), { alone: true }).state).toBe('progressing');
    expect(judged(view({ otherPods: 1 })).state).toBe('available');
  });
});

function status(over: object) {
  return { replicas: 1, updatedReplicas: 1, readyReplicas: 1, ...over };
}

const crashed = { exitCode: 1, reason: 'Error', finishedAt: at };
const oom = { exitCode: 137, reason: 'OOMKilled', finishedAt: at };
const waiting = (reason: string) => ({ waiting: { reason, message: 'so it is' } });

describe('doomed', () => {
  it.each([
    ['CrashLoopBackOff', waiting('CrashLoopBackOff')],
    ['OutOfMemory', { ...waiting('CrashLoopBackOff'), lastTerminated: oom }],
    ['OutOfMemory', { restarts: 2, lastTerminated: oom }],
    ['ImagePull', waiting('ImagePullBackOff')],
    ['ImagePull', waiting('InvalidImageName')],
    ['ConfigError', waiting('CreateContainerConfigError')],
    ['ConfigError', waiting('CreateContainerError')],
    ['CrashLoopBackOff', { init: true, ...waiting('CrashLoopBackOff') }],
    ['ContainerFailed', { init: true, restarts: 2, terminated: crashed }],
  ] as const)('is a pod with %s', (reason, over) => {
    const judgement = judged(view({ pods: [pod({ containers: [container(over)] })] }));

    expect(judgement).toMatchObject({ state: 'doomed', reason, pod: 'api-1', since: at });
  });

  it("quotes Kubernetes' own words, the pod and the container", () => {
    const pods = [
      pod({
        containers: [container({ ...waiting('CrashLoopBackOff'), lastTerminated: crashed })],
      }),
    ];

    expect(judged(view({ pods }))).toMatchObject({
      message: 'api-1, container app: CrashLoopBackOff: so it is; Error with exit code 1',
    });
  });

  it.each([
    ['a first failure to pull, which may be a hiccup', { ...waiting('ErrImagePull') }],
    ['a single restart before it was ever ready', { restarts: 1, lastTerminated: crashed }],
    ['an init container that failed once', { init: true, terminated: crashed }],
    ['a container that is being made', { ...waiting('ContainerCreating') }],
  ])('is not %s', (_what, over) => {
    const judgement = judged(view({ pods: [pod({ containers: [container(over)] })] }));

    expect(judgement.state).toBe('progressing');
  });

  it.each([
    ['ending', { deleting: true }],
    ['evicted or on a lost node', { disrupted: true }],
  ])('is not a crash-looping pod that is %s', (_what, over) => {
    const broken = pod({ containers: [container(waiting('CrashLoopBackOff'))], ...over });

    expect(judged(view({ pods: [broken] })).state).toBe('progressing');
  });

  it('is a new ReplicaSet that may make no pod at all, while every old pod is healthy', () => {
    const failure = { reason: 'FailedCreate', message: 'exceeded quota: small', since: at };
    const newReplicaSet = { name: 'api-abc', availableReplicas: 0, failure };

    expect(judged(view({ newReplicaSet, pods: [], otherPods: 1 }))).toMatchObject({
      state: 'doomed',
      reason: 'FailedCreate',
      message: 'ReplicaSet api-abc: FailedCreate: exceeded quota: small',
    });
  });

  it('waits a moment with a refused pod while ending pods still fill the quota', () => {
    const failure = { reason: 'FailedCreate', message: 'exceeded quota: small', since: at };
    const newReplicaSet = { name: 'api-abc', availableReplicas: 0, failure };
    const refused = view({ newReplicaSet, pods: [], otherPods: 2 });

    expect(judged(refused).state).toBe('progressing');
    expect(judged(refused, { nowMs: atMs + 60_000 }).state).toBe('doomed');
  });

  it.each([
    [
      'no node has room, since a node may come',
      '0/3 nodes are available: Insufficient cpu',
      'progressing',
    ],
    ['no node can ever have its volume', 'persistentvolumeclaim "data" not found', 'doomed'],
  ])('judges a pod unschedulable when %s', (_what, message, state) => {
    const pods = [pod({ phase: 'Pending', unschedulable: { message, since: at } })];

    expect(judged(view({ pods })).state).toBe(state);
  });
});

describe('a pod that was ready', () => {
  function afterReady(then: Partial<PodView>, nowMs = atMs) {
    const memory = createReadinessMemory();
    const standard = { replicas: 1, alone: false, nowMs, memory };
    judge(view(), standard);
    return judge(view({ pods: [pod(then)] }), standard);
  }

  it.each([
    ['ended with an error', { terminated: crashed }],
    ['was restarted after an error', { restarts: 1, lastTerminated: crashed }],
  ])('and then %s is a failure of the new version', (_what, over) => {
    expect(afterReady({ containers: [container(over)] })).toMatchObject({
      state: 'doomed',
      reason: 'ContainerFailed',
    });
  });

  it('and is not for a moment is given time, then doomed', () => {
    expect(afterReady({ readyChangedAt: at })).toMatchObject({
      state: 'progressing',
      againAtMs: atMs + UNREADY_GRACE_MS,
    });
    expect(afterReady({}, atMs + UNREADY_GRACE_MS)).toMatchObject({ reason: 'BecameUnready' });
  });
});
