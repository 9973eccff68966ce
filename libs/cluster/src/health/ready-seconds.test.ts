import { expect, it } from '@jest/globals';
import type { PodView } from '../objects.ts';
import { slowestReadySeconds } from './ready-seconds.ts';

function pod(over: Partial<PodView> = {}): PodView {
  return {
    name: 'api-1',
    uid: 'u-1',
    createdAt: '2026-01-02T03:04:00Z',
    deleting: false,
    disrupted: false,
    ready: true,
    phase: 'Running',
    readyChangedAt: '2026-01-02T03:04:03Z',
    containers: [],
    ...over,
  };
}

it('is that of the slowest pod', () => {
  const slow = pod({ readyChangedAt: '2026-01-02T03:04:09Z' });

  expect(slowestReadySeconds([pod(), slow, pod()])).toBe(9);
});

it('leaves out pods that are not ready, or that go', () => {
  const late = '2026-01-02T03:59:00Z';
  const unready = pod({ ready: false, readyChangedAt: late });
  const going = pod({ deleting: true, readyChangedAt: late });

  expect(slowestReadySeconds([unready, pod(), going])).toBe(3);
});

it('is unknown where none is ready', () => {
  expect(slowestReadySeconds([])).toBeUndefined();
  expect(slowestReadySeconds([pod({ ready: false })])).toBeUndefined();
});
