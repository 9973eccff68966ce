import { describe, expect, it } from '@jest/globals';
import { watchedPlaces } from './watched.ts';

const VALUES = {
  application: 'shop',
  components: [{ name: 'api' }, { name: 'web', deployment: 'shop-web' }],
  environments: { staging: { namespace: 'shop-staging' }, production: { cluster: 'eu' } },
} as unknown as Parameters<typeof watchedPlaces>[0];

describe('what is watched', () => {
  it('is each component in each environment of the cluster', () => {
    const place = { environment: 'staging', application: 'shop', cluster: 'default' };

    expect(watchedPlaces(VALUES, 'default')).toEqual([
      { ...place, namespace: 'shop-staging', workload: 'api' },
      { ...place, namespace: 'shop-staging', workload: 'shop-web' },
    ]);
  });

  it('has the environment’s name for a namespace that is not given', () => {
    expect(watchedPlaces(VALUES, 'eu').map(({ namespace }) => namespace)).toEqual([
      'production',
      'production',
    ]);
  });

  it('is nothing without a target to tell', () => {
    const { application: _none, ...rest } = VALUES;

    expect(watchedPlaces(rest, 'default')).toEqual([]);
  });
});
