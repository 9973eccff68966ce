import { expect, it } from '@jest/globals';
import type { LedgerView } from '@fairlead/contracts';
import { emptyLedger, viewOf } from '@fairlead/domain';
import { createTargetStates } from './target-states.ts';

function view(application: string, more: Partial<LedgerView> = {}): LedgerView {
  return { ...viewOf(emptyLedger('staging', application)), ...more };
}

const RUNNING = {
  running: {
    deploymentId: 'd-1',
    actor: 'ann',
    startedAt: '2026-01-01T00:00:00Z',
    type: 'canary',
    expectedDurationMs: 60_000,
  },
} as const;

function setUp() {
  const clock = { ms: Date.parse('2026-01-01T00:00:00Z') };
  const found: { all: LedgerView[]; running: LedgerView[] | undefined; changed: LedgerView[] } = {
    all: [view('a'), view('b')],
    running: [view('b', RUNNING)],
    changed: [view('c')],
  };
  const asked: string[] = [];
  const states = createTargetStates(
    {
      all: () => {
        asked.push('all');
        return Promise.resolve(found.all);
      },
      running: () => {
        asked.push('running');
        return found.running === undefined
          ? Promise.reject(new Error('away'))
          : Promise.resolve(found.running);
      },
      changedSince: (time) => {
        asked.push(`since ${time.toISOString()}`);
        return Promise.resolve(found.changed);
      },
    },
    () => new Date(clock.ms),
  );
  return { states, clock, found, asked };
}

it('reads all at first, and then what runs and what has changed since', async () => {
  const { states, clock, asked } = setUp();

  await states.refresh();
  const first = states.states.map(({ application }) => application);
  clock.ms += 10_000;
  await states.refresh();

  expect(first).toEqual(['a', 'b']);
  expect(asked).toEqual(['all', 'running', 'since 2025-12-31T23:59:30.000Z']);
  expect(states.states.map(({ application }) => application)).toEqual(['a', 'b', 'c']);
  expect(states.states[1]?.running).toMatchObject({ type: 'canary', expectedSeconds: 60 });
});

it('forgets a target that is gone when it reads all again', async () => {
  const { states, clock, found } = setUp();
  await states.refresh();

  found.all = [view('b')];
  clock.ms += 5 * 60_000;
  await states.refresh();

  expect(states.states.map(({ application }) => application)).toEqual(['b']);
});

it('keeps what it knows, and looks as far back as it must, when Temporal was away', async () => {
  const { states, clock, found, asked } = setUp();
  await states.refresh();

  const { running } = found;
  found.running = undefined;
  clock.ms += 60_000;
  await expect(states.refresh()).rejects.toThrow('away');
  const meanwhile = states.states.map(({ application }) => application);
  found.running = running;
  clock.ms += 1_000;
  await states.refresh();

  expect(meanwhile).toEqual(['a', 'b']);
  expect(asked.at(-1)).toBe('since 2025-12-31T23:59:30.000Z');
});
