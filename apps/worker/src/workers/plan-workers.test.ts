import { describe, expect, it } from '@jest/globals';
import { planWorkers } from './plan-workers.ts';
import type { WorkerParts } from './plan-workers.ts';

function nothing(): never {
  throw new Error('not called here');
}

const delivery = { deliverBatch: nothing, deliverOne: nothing };
const clusterActivities = {
  clusterSnapshot: nothing,
  clusterApply: nothing,
  clusterWatchHealth: nothing,
  clusterCompareDependencies: nothing,
  checkCluster: nothing,
};
const parts: WorkerParts = {
  role: 'both',
  cluster: 'eu',
  identity: 'host/both:eu/1',
  versioning: undefined,
  control: {
    workflowBundle: { codePath: 'bundle.js' },
    activities: { settingsSnapshot: nothing },
    delivery,
    paced: ['inbox-chat', 'slack'],
    rates: { slack: 1 },
  },
  clusterActivities,
};

describe('planWorkers', () => {
  it('serves control, each paced destination and the cluster, each on its own queue', () => {
    const queues = planWorkers(parts).map(({ taskQueue }) => taskQueue);

    expect(queues).toEqual([
      'fairlead-control',
      'deliver-inbox-chat',
      'deliver-slack',
      'cluster-eu',
    ]);
  });

  it('runs workflows on the control queue only', () => {
    const withWorkflows = planWorkers(parts).filter((worker) => 'workflowBundle' in worker);

    expect(withWorkflows).toHaveLength(1);
    expect(withWorkflows[0]).toMatchObject({ taskQueue: 'fairlead-control' });
    expect(Object.keys(withWorkflows[0]?.activities ?? {})).toEqual([
      'settingsSnapshot',
      'deliverBatch',
      'deliverOne',
    ]);
  });

  it('has room for far more activities that only wait than the SDK’s default of 100', () => {
    const slots = new Map(
      planWorkers(parts).map((worker) => [
        worker.taskQueue,
        worker.maxConcurrentActivityTaskExecutions,
      ]),
    );

    expect(slots.get('fairlead-control')).toBeGreaterThanOrEqual(2_000);
    expect(slots.get('cluster-eu')).toBeGreaterThanOrEqual(2_000);
  });

  it('keeps the rate of a paced queue, and its own default where none is asked', () => {
    const [, chat, slack] = planWorkers(parts);

    expect(chat).toMatchObject({ maxTaskQueueActivitiesPerSecond: 50 });
    expect(slack).toMatchObject({ maxTaskQueueActivitiesPerSecond: 1 });
  });

  it('lifts the rate when it is 0', () => {
    const control = { ...parts.control!, rates: { slack: 0 } };

    const [, , slack] = planWorkers({ ...parts, control });

    expect(slack).not.toHaveProperty('maxTaskQueueActivitiesPerSecond');
  });

  it('gives every worker identity, grace and version', () => {
    const version = { deploymentName: 'fairlead', buildId: 'b1' };
    const versioning = {
      version,
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    } as const;

    for (const worker of planWorkers({ ...parts, versioning })) {
      expect(worker).toMatchObject({
        identity: 'host/both:eu/1',
        shutdownGraceTime: '30s',
        shutdownForceTime: '50s',
        workerDeploymentOptions: { version },
      });
    }
  });
});
