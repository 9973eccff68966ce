import { expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { createFairleadMetrics } from '@fairlead/monitoring/prometheus';
import { countAttempts } from './count-attempts.ts';

it.each([
  [ApplicationFailure.create({ type: 'vendor-unreachable' }), 'vendor-unreachable'],
  [new TypeError('no such thing'), 'TypeError'],
])('counts an attempt that failed with %s, and lets it fail', async (error, type) => {
  const metrics = createFairleadMetrics();
  const execute = countAttempts(metrics)({
    info: { activityType: 'deliverOne', attempt: 1 },
  }).inbound?.execute?.bind(undefined);

  const attempt = execute?.({ args: [], headers: {} }, () => Promise.reject(error));

  await expect(attempt).rejects.toBe(error);
  expect(await metrics.text()).toContain(
    `fairlead_activity_failures_total{activity="deliverOne",type="${type}"} 1`,
  );
});

it('counts nothing when all goes well', async () => {
  const metrics = createFairleadMetrics();

  await countAttempts(metrics)({
    info: { activityType: 'deliverOne', attempt: 1 },
  }).inbound?.execute?.({ args: [], headers: {} }, () => Promise.resolve('done'));

  expect(await metrics.text()).not.toContain('activity="');
});

it('counts an attempt that is not the first, however it ends', async () => {
  const metrics = createFairleadMetrics();

  await countAttempts(metrics)({
    info: { activityType: 'clusterApply', attempt: 2 },
  }).inbound?.execute?.({ args: [], headers: {} }, () => Promise.resolve('done'));

  expect(await metrics.text()).toContain(
    'fairlead_activity_retries_total{activity="clusterApply"} 1',
  );
});
