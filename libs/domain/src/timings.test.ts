import { describe, expect, it } from '@jest/globals';
import type { DeploymentRecord, Doom } from '@fairlead/contracts';
import { addTimings, timingsOf } from './timings.ts';

type Facts = Parameters<typeof timingsOf>[0];

const DOOM: Doom = {
  component: 'api',
  workload: 'api',
  side: 'canary',
  reason: 'CrashLoopBackOff',
  message: 'it crashes',
  since: '2026-01-02T03:00:10Z',
};
const ROLLED_BACK: Facts = {
  phaseSeconds: { planned: 1, canary: 10, 'rolling-back': 8 },
  components: [
    { name: 'api', image: 'api:2', phase: 'restored', seconds: 12, readySeconds: 3 },
    { name: 'web', image: 'web:2', phase: 'waiting' },
  ],
  outcome: 'rolled-back',
  error: { type: DOOM.reason, message: DOOM.message, at: '2026-01-02T03:00:12Z', doom: DOOM },
  finishedAt: '2026-01-02T03:00:20Z',
};

describe('timingsOf', () => {
  it('tells from the first sign of trouble until it was known, and until all was put back', () => {
    expect(timingsOf(ROLLED_BACK)).toEqual({
      phases: ROLLED_BACK.phaseSeconds,
      components: [{ name: 'api', seconds: 12, readySeconds: 3 }],
      detectSeconds: 2,
      safeSeconds: 10,
    });
  });

  it('is safe at no time when the way back failed', () => {
    expect(timingsOf({ ...ROLLED_BACK, outcome: 'failed' })).not.toHaveProperty('safeSeconds');
  });

  it('detects nothing where no pod was doomed', () => {
    const { doom: _, ...error } = ROLLED_BACK.error!;

    const timings = timingsOf({ ...ROLLED_BACK, error });

    expect(timings).not.toHaveProperty('detectSeconds');
    expect(timings).not.toHaveProperty('safeSeconds');
  });

  it('is never below 0 where the clocks differ', () => {
    const error: DeploymentRecord['error'] = { ...ROLLED_BACK.error!, at: '2026-01-02T03:00:09Z' };

    expect(timingsOf({ ...ROLLED_BACK, error }).detectSeconds).toBe(0);
  });
});

describe('addTimings', () => {
  it('counts what happened and adds its seconds, by type, phase and component', () => {
    const once = addTimings(undefined, 'canary', timingsOf(ROLLED_BACK));
    const twice = addTimings(once, 'canary', {
      phases: { planned: 3 },
      components: [{ name: 'web', seconds: 5 }],
    });

    expect(twice).toEqual({
      phases: {
        canary: {
          planned: { count: 2, secondsSum: 4 },
          canary: { count: 1, secondsSum: 10 },
          'rolling-back': { count: 1, secondsSum: 8 },
        },
      },
      components: {
        api: { duration: { count: 1, secondsSum: 12 }, ready: { count: 1, secondsSum: 3 } },
        web: { duration: { count: 1, secondsSum: 5 } },
      },
      detect: { count: 1, secondsSum: 2 },
      safe: { count: 1, secondsSum: 10 },
    });
  });

  it('keeps the types apart', () => {
    const canary = addTimings(undefined, 'canary', timingsOf(ROLLED_BACK));

    const both = addTimings(canary, 'rolling', { phases: { deploying: 2 }, components: [] });

    expect(both.phases).toEqual({
      ...canary.phases,
      rolling: { deploying: { count: 1, secondsSum: 2 } },
    });
  });

  it('counts the first 50 components that a target had, so that its memo stays small', () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `c${i}`, seconds: 1 }));

    const many = addTimings(undefined, 'rolling', { phases: {}, components: named(60) });
    const again = addTimings(many, 'rolling', { phases: {}, components: named(60) });

    expect(Object.keys(again.components)).toHaveLength(50);
    expect(again.components['c49']?.duration).toEqual({ count: 2, secondsSum: 2 });
  });

  it('leaves out a time that cannot be read', () => {
    const unread = { phases: { planned: Number.NaN }, components: [] };

    expect(addTimings(undefined, 'rolling', unread).phases).toEqual({ rolling: {} });
  });
});
