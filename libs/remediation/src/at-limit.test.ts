import { describe, expect, it } from '@jest/globals';
import type { PodUsage, PodView, WorkloadView } from '@fairlead/cluster/decisions';
import { strained, withSample } from './at-limit.ts';
import type { Streaks } from './at-limit.ts';
import { findingsIn } from './detection/findings.ts';

const MI = 2 ** 20;
const NONE: Streaks = new Map();

function aPod(over: Partial<PodView> = {}): PodView {
  return {
    ...{ name: 'api-1', uid: 'u-1', createdAt: '2026-01-02T03:04:05Z', phase: 'Running' },
    ...{ deleting: false, disrupted: false, ready: true, containers: [] },
    ...over,
  };
}

function aView(limits: object | undefined, pods = [aPod()], over = {}): WorkloadView {
  const container = { name: 'api', image: 'api:1', resources: { limits } };
  const workload = {
    ...{ name: 'api', paused: false, replicas: 1, status: {}, ...over },
    template: { spec: { containers: [container] } },
  };
  return { workload: workload as unknown as WorkloadView['workload'], pods, otherPods: 0 };
}

const LIMITED = aView({ memory: '100Mi', cpu: '500m' });

/** One each minute. */
function sampled(
  amounts: readonly { readonly cpu?: number; readonly memory?: number }[],
  view = LIMITED,
): Streaks {
  return amounts.reduce<Streaks>(
    (streaks, amount, minute) => withSample(streaks, view, [aUsage(amount, minute)]),
    NONE,
  );
}

function aUsage({ cpu = 0, memory = 0 }, minute: number): PodUsage {
  const at = `2026-01-02T03:0${minute}:00Z`;
  return { pod: 'api-1', at, containers: [{ name: 'api', cpu, memory }] };
}

const FULL = { memory: 95 * MI };
const LESS = { memory: 94.9 * MI };

describe('"CPU or memory at the limit"', () => {
  it('is 95 % of it in three measurements in a row', () => {
    expect(strained(sampled([FULL, FULL]))).toEqual([]);
    expect(strained(sampled([FULL, FULL, FULL]))).toMatchObject([
      { pod: 'api-1', words: 'api-1, container api: memory at 95 % of its limit of 100Mi' },
    ]);
    expect(strained(sampled([LESS, LESS, LESS, LESS]))).toEqual([]);
    expect(strained(sampled([FULL, FULL, LESS, FULL, FULL]))).toEqual([]);
  });

  it('is of CPU too, in cores', () => {
    expect(strained(sampled(Array.from({ length: 3 }, () => ({ cpu: 0.5 }))))).toMatchObject([
      { words: 'api-1, container api: cpu at 100 % of its limit of 500m' },
    ]);
  });

  it('counts a measurement that is seen twice once', () => {
    const same = [aUsage(FULL, 1)];
    let streaks = sampled([FULL]);
    for (let times = 0; times < 5; times += 1) streaks = withSample(streaks, LIMITED, same);

    expect(strained(streaks)).toEqual([]);
  });

  it('begins anew where nothing was measured, and with another pod of the name', () => {
    const two = sampled([FULL, FULL]);
    const other = aView({ memory: '100Mi' }, [aPod({ uid: 'u-2' })]);

    expect(withSample(two, LIMITED, []).size).toBe(0);
    expect(strained(withSample(two, other, [aUsage(FULL, 3)]))).toEqual([]);
  });

  it.each([[undefined], [{}], [{ memory: '0' }]])('is nothing without a limit: %j', (limits) => {
    expect(sampled([FULL, FULL, FULL], aView(limits)).size).toBe(0);
  });
});

describe('the finding', () => {
  const streaks = sampled([FULL, FULL, FULL]);

  it('is that resources are short', () => {
    expect(findingsIn(LIMITED, 0, streaks).findings).toEqual([
      {
        kind: 'resource_constraint',
        pod: 'api-1',
        reason: 'api-1, container api: memory at 95 % of its limit of 100Mi',
      },
    ]);
  });

  it('is none of a pod that goes away, or of a workload that is paused', () => {
    for (const view of [
      aView({}, [aPod({ deleting: true })]),
      aView({}, []),
      aView({}, [aPod()], { paused: true }),
    ]) {
      expect(findingsIn(view, 0, streaks).findings).toEqual([]);
    }
  });
});
