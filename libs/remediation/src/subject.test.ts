import { describe, expect, it } from '@jest/globals';
import { FIELD_MANAGER } from '@fairlead/contracts';
import { createStage } from './testing/stage.ts';

const namespace = 'shop';
const POD = { name: 'db-0', uid: 'pod-db-0', labels: {}, deleting: false };

describe('clusterSubject', () => {
  it('finds the Kubernetes Deployment of a pod', async () => {
    const { run, pods } = await createStage();
    const { name: pod = '', uid: podUid } = pods[0] ?? {};

    expect(await run.clusterSubject({ namespace, pod })).toEqual({ workload: 'api', pod, podUid });
  });

  it('takes the one that is named', async () => {
    const { run } = await createStage();

    expect(await run.clusterSubject({ namespace, workload: 'api' })).toEqual({ workload: 'api' });
  });

  it('takes the one that is named with a pod that is gone', async () => {
    const { run } = await createStage();

    const subject = await run.clusterSubject({ namespace, workload: 'api', pod: 'api-0' });

    expect(subject).toEqual({ workload: 'api', pod: 'api-0' });
  });

  it.each([
    ['DaemonSet', /DaemonSet db.*`kubectl delete pod db-0 --namespace shop` restarts it$/],
    ['Job', /Job db.*`kubectl describe job db --namespace shop` shows them$/],
    ['Rollout', /Rollout db, and to no Kubernetes Deployment.*`kubectl describe pod db-0 /],
  ])('refuses a pod of a %s, and says what a person may do', async (kind, reason) => {
    const { run, cluster } = await createStage();
    cluster.seedPod(namespace, { ...POD, controllers: [{ kind, name: 'db', uid: 'owner' }] });

    expect(await run.clusterSubject({ namespace, pod: 'db-0' })).toEqual({
      refused: expect.stringMatching(reason),
    });
  });

  describe('a pod of a StatefulSet', () => {
    const controllers = [{ kind: 'StatefulSet', name: 'db', uid: 'owner' }];
    const subject = { workload: 'statefulset/db', pod: 'db-0' };
    const goneBy = '2026-01-02T03:04:05.000Z';

    it('is left to a person, with the command', async () => {
      const { run, cluster } = await createStage();
      cluster.seedPod(namespace, { ...POD, controllers });

      expect(await run.clusterSubject({ namespace, pod: 'db-0' })).toEqual({
        ...subject,
        byHand: expect.stringMatching(
          /StatefulSet db.*`kubectl delete pod db-0 --namespace shop` restarts it$/,
        ),
      });
    });

    it.each([
      [59, { refused: expect.stringContaining('is ending by itself') }],
      [60, { ...subject, byHand: expect.stringMatching(/lost.*never forced.*--force/) }],
    ])('whose end is %i s late', async (seconds, expected) => {
      const stage = await createStage({ now: () => Date.parse(goneBy) + seconds * 1_000 });
      stage.cluster.seedPod(namespace, { ...POD, deleting: true, goneBy, controllers });

      expect(await stage.run.clusterSubject({ namespace, pod: 'db-0' })).toEqual(expected);
    });
  });

  it('refuses a pod of no controller: nobody would make it anew', async () => {
    const { run, cluster } = await createStage();
    cluster.seedPod(namespace, { ...POD, controllers: [] });

    expect(await run.clusterSubject({ namespace, pod: 'db-0' })).toEqual({
      refused: expect.stringMatching(
        /no controller.*`kubectl get pod db-0 --namespace shop -o yaml \| kubectl replace --force -f -`/,
      ),
    });
  });

  it.each([
    [{ pod: 'nobody' }, /already gone; `kubectl get pods --namespace shop`/],
    [{ workload: 'nobody' }, /already gone; `kubectl get deployments --namespace shop`/],
    [{ workload: 'nobody', pod: 'nobody-1' }, /already gone; `kubectl get deployments/],
    [{}, /neither a pod nor/],
  ])('refuses what is not there: %j', async (named, reason) => {
    const { run } = await createStage();

    expect(await run.clusterSubject({ namespace, ...named })).toEqual({
      refused: expect.stringMatching(reason),
    });
  });

  it('refuses the pod of another namespace', async () => {
    const { run, pods } = await createStage();

    const subject = await run.clusterSubject({ namespace: 'other', pod: pods[0]?.name ?? '' });

    expect(subject).toEqual({ refused: expect.stringContaining('no such pod in other') });
  });

  it('refuses a pod that belongs to another Kubernetes Deployment than was named', async () => {
    const { run, cluster, pods } = await createStage();
    cluster.seedWorkload({ namespace, name: 'web', image: 'web:1' });

    const subject = await run.clusterSubject({
      namespace,
      workload: 'web',
      pod: pods[0]?.name ?? '',
    });

    expect(subject).toEqual({
      refused: expect.stringContaining('belongs to Kubernetes Deployment api'),
    });
  });

  it('refuses a pod whose Kubernetes Deployment was made anew since', async () => {
    const { run, cluster } = await createStage();
    const controllers = [
      { kind: 'ReplicaSet', name: 'api-1', uid: 'set' },
      { kind: 'Deployment', name: 'api', uid: 'former' },
    ];
    cluster.seedPod(namespace, { ...POD, controllers });

    const subject = await run.clusterSubject({ namespace, pod: 'db-0' });

    expect(subject).toEqual({ refused: expect.stringContaining('made anew since') });
  });

  it.each(['pod', 'workload'] as const)(
    'refuses what a deployment of Fairlead made, by its %s',
    async (by) => {
      const { run, cluster, pods } = await createStage();
      cluster.editWorkload(namespace, 'api', {
        labels: { 'app.kubernetes.io/managed-by': FIELD_MANAGER },
      });
      const named = by === 'pod' ? { pod: pods[0]?.name ?? '' } : { workload: 'api' };

      expect(await run.clusterSubject({ namespace, ...named })).toEqual({
        refused: expect.stringMatching(/made by a deployment of Fairlead.*`kubectl describe/),
      });
    },
  );
});
