import { expect, it } from '@jest/globals';
import { createFairleadMetrics } from './fairlead-metrics.ts';

it('counts failures of activities by type', async () => {
  const metrics = createFairleadMetrics();
  const failure = { activity: 'publishState', type: 'vendor-unreachable' };

  metrics.countActivityFailure(failure);
  metrics.countActivityFailure(failure);
  metrics.countActivityFailure({ ...failure, type: 'defect' });

  const text = await metrics.text();
  const name = 'fairlead_activity_failures_total{activity="publishState"';
  expect(text).toContain(`${name},type="vendor-unreachable"} 2`);
  expect(text).toContain(`${name},type="defect"} 1`);
});

it('counts attempts that are not the first', async () => {
  const metrics = createFairleadMetrics();

  metrics.countActivityRetry({ activity: 'clusterApply' });
  metrics.countActivityRetry({ activity: 'clusterApply' });

  expect(await metrics.text()).toContain(
    'fairlead_activity_retries_total{activity="clusterApply"} 2',
  );
});

it('counts alerts by what became of them', async () => {
  const metrics = createFairleadMetrics();
  const known = { source: 'grafana', result: 'known' };

  metrics.countAlerts({ ...known, count: 2 });
  metrics.countAlerts({ ...known, count: 1 });

  expect(await metrics.text()).toContain(
    'fairlead_alerts_received_total{source="grafana",result="known"} 3',
  );
});

it('forgets the queue of a target that is not shown any more', async () => {
  const metrics = createFairleadMetrics();
  const waiting = { deploymentId: 'd-1', actor: 'kim' };
  const shop = { environment: 'staging', application: 'shop', queue: [waiting, waiting] };
  const blog = { ...shop, application: 'blog' };

  metrics.showQueues([shop, blog]);
  metrics.showQueues([shop]);

  const text = await metrics.text();
  expect(text.match(/^fairlead_queue_places\{.*$/gm)).toEqual([
    'fairlead_queue_places{environment="staging",application="shop"} 2',
  ]);
});

it('says whether the newest configuration is in force', async () => {
  const metrics = createFairleadMetrics();

  metrics.showRejected(true);
  const broken = await metrics.text();
  metrics.showRejected(false);

  expect(broken).toMatch(/^fairlead_settings_rejected 1$/m);
  expect(await metrics.text()).toMatch(/^fairlead_settings_rejected 0$/m);
});
