import { expect, it } from '@jest/globals';
import type { Doom } from '@fairlead/contracts';
import { aRecord } from '@fairlead/client/internal/testing/fixtures';
import { timingLines } from './timings.ts';

const DOOM: Doom = {
  component: 'api',
  workload: 'api',
  side: 'canary',
  reason: 'CrashLoopBackOff',
  message: 'it crashes',
  since: '2026-11-25T04:36:00Z',
};

it('tells where the time went, and how long people were at risk', () => {
  const [component] = aRecord().components;
  const record = aRecord({
    outcome: 'rolled-back',
    phaseSeconds: { planned: 0.2, canary: 41, 'awaiting-approval': 300 },
    components: [{ ...component!, phase: 'restored', seconds: 50, readySeconds: 4 }],
    error: { type: DOOM.reason, message: DOOM.message, at: '2026-11-25T04:36:02Z', doom: DOOM },
    finishedAt: '2026-11-25T04:36:10Z',
  });

  expect(timingLines(record)).toEqual([
    'in phases: canary 41s, awaiting-approval 5m 00s',
    'new pods until ready: api 4s',
    'from the first sign of trouble until it was known: 2s',
    'from the first sign of trouble until all was put back: 10s',
  ]);
});

it('says nothing of a record of an earlier version', () => {
  expect(timingLines(aRecord())).toEqual([]);
});
