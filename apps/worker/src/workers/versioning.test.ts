import { describe, expect, it } from '@jest/globals';
import { versioning } from './versioning.ts';

describe('versioning', () => {
  it('is on, pinned, when both variables are set', () => {
    expect(versioning({ TEMPORAL_DEPLOYMENT_NAME: 'f', TEMPORAL_WORKER_BUILD_ID: 'b' })).toEqual({
      version: { deploymentName: 'f', buildId: 'b' },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    });
  });

  it.each([
    [{}],
    [{ TEMPORAL_DEPLOYMENT_NAME: 'f' }],
    [{ TEMPORAL_WORKER_BUILD_ID: 'b' }],
    [{ TEMPORAL_DEPLOYMENT_NAME: 'f', TEMPORAL_WORKER_BUILD_ID: '' }],
  ])('is off when the environment is %j', (env) => {
    expect(versioning(env)).toBeUndefined();
  });
});
