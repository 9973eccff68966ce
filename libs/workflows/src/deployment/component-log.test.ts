import { describe, expect, it } from '@jest/globals';
import { ComponentLog } from './component-log.ts';

const SEEN = { component: 'api', stableReady: 4, canaryReady: 1, weight: 20 };

describe('of a component', () => {
  it('waits until something becomes of it', () => {
    expect(new ComponentLog().of('api')).toEqual({ phase: 'waiting' });
  });

  it('tells how long it took from its first change until it was done', () => {
    const log = new ComponentLog();

    log.enter('api', 'waiting', 0);
    log.enter('api', 'canary', 1_000);
    log.enter('api', 'promoting', 4_000);
    log.enter('api', 'done', 6_500);

    expect(log.of('api')).toEqual({ phase: 'done', seconds: 5.5 });
  });

  it('has taken until it was put back, where it was done before', () => {
    const log = new ComponentLog();

    log.enter('api', 'deploying', 0);
    log.enter('api', 'done', 2_000);
    log.enter('api', 'restored', 7_000);

    expect(log.of('api')).toEqual({ phase: 'restored', seconds: 7 });
  });

  it('has no time while it goes on, nor when it was never changed', () => {
    const log = new ComponentLog();

    log.enter('api', 'deploying', 0);
    log.enter('web', 'skipped', 0);

    expect(log.of('api')).toEqual({ phase: 'deploying' });
    expect(log.of('web')).toEqual({ phase: 'skipped' });
  });

  it('keeps the last weight and the slowest pod', () => {
    const log = new ComponentLog();

    log.observe({ ...SEEN, readySeconds: 4 });
    log.observe({ ...SEEN, readySeconds: 9 });
    log.observe({ ...SEEN, weight: 0 });

    expect(log.of('api')).toMatchObject({ realWeight: 0, readySeconds: 9 });
  });
});
