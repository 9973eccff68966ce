import { describe, expect, it } from '@jest/globals';
import type { ContainerStatus, PodView, Workload, WorkloadView } from '@fairlead/cluster/decisions';
import { findingsIn } from './findings.ts';

const AT = '2026-01-02T03:04:05.000Z';
const NOW_MS = Date.parse(AT);
const MINUTE_MS = 60_000;

function aPod(over: Partial<PodView> = {}, container: Partial<ContainerStatus> = {}): PodView {
  return {
    ...{ name: 'api-1', uid: 'u-1', createdAt: AT, deleting: false, disrupted: false },
    ...{ ready: false, phase: 'Running' },
    containers: [{ name: 'api', init: false, restarts: 0, ...container }],
    ...over,
  };
}

function aView(pods: readonly PodView[], over: Partial<Workload> = {}): WorkloadView {
  const status = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, ...over.status };
  const workload = { name: 'api', paused: false, replicas: 1, ...over, status } as Workload;
  return { workload, pods, otherPods: 0 };
}

const CRASHING = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } };

describe('what is worth an issue', () => {
  it('"CrashLoopBackOff ≥ 3 restarts": a crash is a loop from there on', () => {
    expect(findingsIn(aView([aPod({}, { ...CRASHING, restarts: 2 })]), NOW_MS).findings).toEqual(
      [],
    );
    expect(findingsIn(aView([aPod({}, { ...CRASHING, restarts: 3 })]), NOW_MS).findings).toEqual([
      {
        kind: 'pod_crash',
        pod: 'api-1',
        reason: 'api-1, container api: CrashLoopBackOff, 3 restarts',
      },
    ]);
  });

  it('"Pending > 2 min", and until then the moment at which it will be', () => {
    const pending = aView([aPod({ phase: 'Pending' }, { waiting: { reason: 'A', message: 'b' } })]);

    expect(findingsIn(pending, NOW_MS)).toEqual({
      findings: [],
      againAtMs: NOW_MS + 2 * MINUTE_MS,
    });
    expect(findingsIn(pending, NOW_MS + 2 * MINUTE_MS).findings).toEqual([
      { kind: 'pod_pending', pod: 'api-1', reason: 'api-1: A: b' },
    ]);
  });

  it('"OOM kills": memory is what is short, whatever the container waits for', () => {
    const ended = { lastTerminated: { exitCode: 137, reason: 'OOMKilled' }, restarts: 3 };

    expect(findingsIn(aView([aPod({}, { ...ended, ...CRASHING })]), NOW_MS).findings).toMatchObject(
      [{ kind: 'resource_constraint' }],
    );
  });

  it('an OOM kill of long ago is none of now', () => {
    const killed = (finishedAt: string) => {
      const lastTerminated = { exitCode: 137, reason: 'OOMKilled', finishedAt };
      return aView([aPod({ ready: true }, { lastTerminated, restarts: 7 })]);
    };
    const agoMs = (ms: number) => new Date(NOW_MS - ms).toISOString();

    expect(findingsIn(killed(agoMs(9 * MINUTE_MS)), NOW_MS).findings).toMatchObject([
      { kind: 'resource_constraint' },
    ]);
    expect(findingsIn(killed(agoMs(10 * MINUTE_MS)), NOW_MS).findings).toEqual([]);
  });

  it('"Available=False or Progressing=False beyond their limits"', () => {
    const words = { reason: 'R', message: 'm', since: AT };
    const status = { unavailable: words, stuck: words };
    const view = aView([], { status } as Partial<Workload>);

    expect(findingsIn(view, NOW_MS)).toEqual({
      findings: [{ kind: 'deployment_stuck', reason: 'R: m' }],
      againAtMs: NOW_MS + 2 * MINUTE_MS,
    });
    expect(findingsIn(view, NOW_MS + 2 * MINUTE_MS).findings.map(({ kind }) => kind)).toEqual([
      'deployment_stuck',
      'deployment_unavailable',
    ]);
  });

  it('is told once of a kind, and not of what goes away, is paused or wants no pods', () => {
    const crash = aPod({}, { ...CRASHING, restarts: 3 });
    const two = [crash, { ...crash, name: 'api-2' }];

    expect(findingsIn(aView(two), NOW_MS).findings).toHaveLength(1);
    for (const view of [
      aView([{ ...crash, deleting: true }]),
      aView([{ ...crash, disrupted: true }]),
      aView(two, { paused: true }),
      aView(two, { replicas: 0 }),
    ]) {
      expect(findingsIn(view, NOW_MS)).toEqual({ findings: [] });
    }
  });
});
