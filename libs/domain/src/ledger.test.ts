import { describe, expect, it } from '@jest/globals';
import { OUTCOMES } from '@fairlead/contracts';
import type { AdmissionAnswer, BusyPolicy } from '@fairlead/contracts';
import {
  admit,
  emptyLedger,
  nextQueued,
  viewOf,
  withAnswer,
  withoutQueued,
  withQueued,
  withResult,
  withRunning,
} from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { admittedOf, inputOf, PLACE, resultOf, running } from './testing/ledger-data.ts';

const NOW = '2026-01-01T00:00:05Z';
const EMPTY = emptyLedger('production', 'shop');
const BUSY = withRunning(EMPTY, inputOf('runs'), NOW);
const HALTED = withResult(EMPTY, resultOf('lost', { outcome: 'failed', error: 'terminated' }), {
  ...PLACE,
  terminated: true,
});

function request(requestId: string, over: { onBusy?: BusyPolicy; overHalt?: boolean } = {}) {
  return { requestId, onBusy: 'refuse' as const, overHalt: false, ...over };
}

function queueOf(ledger: Ledger, ids: readonly string[]): Ledger {
  return ids.reduce(
    (grown, id, index) =>
      withAnswer(withQueued(grown, admittedOf(id)), id, {
        status: 'queued',
        deploymentId: id,
        place: index + 1,
      }),
    ledger,
  );
}

describe('a new request', () => {
  it.each([
    { when: 'the target is idle', ledger: EMPTY, over: {}, expected: { admitted: 'start' } },
    {
      when: 'one runs and it may wait',
      ledger: BUSY,
      over: { onBusy: 'queue' as const },
      expected: { admitted: 'queue' },
    },
    {
      when: 'one runs',
      ledger: BUSY,
      over: {},
      expected: {
        rejected: 'busy',
        running: { deploymentId: 'runs', actor: 'actor of runs', startedAt: NOW },
      },
    },
    {
      when: 'one runs and it would supersede, which the target does not do yet',
      ledger: BUSY,
      over: { onBusy: 'supersede' as const },
      expected: { rejected: 'busy' },
    },
    {
      when: 'one runs, although it may go over a halt',
      ledger: BUSY,
      over: { overHalt: true },
      expected: { rejected: 'busy' },
    },
    {
      when: 'the target is halted',
      ledger: HALTED,
      over: {},
      expected: { rejected: 'halted', halt: { deploymentId: 'lost' } },
    },
    {
      when: 'the target is halted, although it may wait',
      ledger: HALTED,
      over: { onBusy: 'queue' as const },
      expected: { rejected: 'halted' },
    },
    {
      when: 'the target is halted and it may go over that',
      ledger: HALTED,
      over: { overHalt: true },
      expected: { admitted: 'start' },
    },
    {
      when: 'others wait between two runs',
      ledger: queueOf(EMPTY, ['first']),
      over: {},
      expected: { rejected: 'busy', running: { deploymentId: 'first', actor: 'actor of first' } },
    },
    {
      when: 'others wait between two runs and it may wait too',
      ledger: queueOf(EMPTY, ['first']),
      over: { onBusy: 'queue' as const },
      expected: { admitted: 'queue' },
    },
    {
      when: 'others wait behind a halt that it may go over',
      ledger: queueOf(HALTED, ['first']),
      over: { overHalt: true },
      expected: { admitted: 'start' },
    },
  ])('is answered $expected when $when', ({ ledger, over, expected }) => {
    const admission = admit(ledger, request('new', over));

    expect(admission).toMatchObject(expected);
  });

  it.each([
    ['busy', BUSY, `deployment runs by actor of runs is running since ${NOW}`],
    ['halted', HALTED, 'halted since 2026-01-01T00:01:00Z by deployment lost: terminated'],
    ['busy', queueOf(EMPTY, ['first']), 'deployment first by actor of first is about to start'],
  ] as const)('is told by whom when it is refused as %s', (rejected, ledger, message) => {
    const admission = admit(ledger, request('new'));

    expect(admission).toMatchObject({ rejected, message });
  });

  it.each([
    { waiting: 49, expected: { admitted: 'queue' } },
    {
      waiting: 50,
      expected: { rejected: 'busy', message: expect.stringMatching(/and 50 more wait$/) },
    },
  ])('is answered $expected when $waiting wait', ({ waiting, expected }) => {
    const ids = Array.from({ length: waiting }, (_, index) => `q${index}`);

    const admission = admit(queueOf(BUSY, ids), request('new', { onBusy: 'queue' }));

    expect(admission).toEqual(expect.objectContaining(expected));
  });
});

describe('a repeated request', () => {
  const started: AdmissionAnswer = { status: 'started', deploymentId: 'mine' };
  const mineRuns = withRunning(EMPTY, inputOf('mine'), NOW);
  const crowd = Array.from({ length: 50 }, (_, index) => `q${index}`);

  it.each([
    { when: 'it is being started', ledger: mineRuns, expected: started },
    { when: 'it runs', ledger: withAnswer(mineRuns, 'mine', started), expected: started },
    {
      when: 'it runs and fifty that wait have crowded its answer out',
      ledger: queueOf(withAnswer(mineRuns, 'mine', started), crowd),
      expected: started,
    },
    {
      when: 'it waits',
      ledger: queueOf(BUSY, ['other', 'mine']),
      expected: { status: 'queued', deploymentId: 'mine', place: 2 },
    },
    {
      when: 'it waits and has moved up',
      ledger: withoutQueued(queueOf(BUSY, ['other', 'mine']), 'other'),
      expected: { status: 'queued', deploymentId: 'mine', place: 1 },
    },
    {
      when: 'it waits behind a halt',
      ledger: queueOf(HALTED, ['mine']),
      expected: { status: 'queued', deploymentId: 'mine', place: 1 },
    },
    {
      when: 'it was withdrawn',
      ledger: withoutQueued(queueOf(BUSY, ['mine']), 'mine'),
      expected: { status: 'ended', deploymentId: 'mine', outcome: 'refused' },
    },
    {
      when: 'it has ended and another one runs',
      ledger: withRunning(withResult(mineRuns, resultOf('mine'), PLACE), inputOf('other'), NOW),
      expected: { status: 'ended', deploymentId: 'mine', outcome: 'succeeded' },
    },
    {
      when: 'it halted the target',
      ledger: withResult(mineRuns, resultOf('mine', { outcome: 'failed' }), {
        ...PLACE,
        terminated: true,
      }),
      expected: { status: 'ended', deploymentId: 'mine', outcome: 'failed' },
    },
  ])('gets the state of its deployment when $when', ({ ledger, expected }) => {
    for (const onBusy of ['refuse', 'queue', 'supersede'] as const) {
      const admission = admit(ledger, request('mine', { onBusy }));

      expect(admission).toEqual({ repeated: expected });
    }
  });
});

describe('answers', () => {
  it('are kept for the last 50 requests', () => {
    const ids = Array.from({ length: 51 }, (_, index) => `r${index}`);

    const ledger = ids.reduce(
      (grown, id) => withResult(grown, resultOf(id, { outcome: 'rolled-back' }), PLACE),
      EMPTY,
    );

    expect(ledger.answered.map(({ requestId }) => requestId)).toEqual(ids.slice(1));
    expect(admit(ledger, request('r0'))).toEqual({ admitted: 'start' });
    expect(admit(ledger, request('r1'))).toHaveProperty('repeated');
  });

  it('take the place of the earlier one when a request is answered again', () => {
    const first = withAnswer(EMPTY, 'mine', { status: 'started', deploymentId: 'mine' });

    const again = withResult(first, resultOf('mine'), PLACE);

    expect(again.answered).toEqual([
      {
        requestId: 'mine',
        answer: { status: 'ended', deploymentId: 'mine', outcome: 'succeeded' },
      },
    ]);
  });
});

describe('the queue', () => {
  it.each([
    { when: 'nothing halts the target', ledger: EMPTY, expected: 'first' },
    { when: 'the target is halted', ledger: HALTED, expected: 'over' },
  ])('gives $expected next when $when', ({ ledger, expected }) => {
    const waiting = [admittedOf('first'), admittedOf('second'), admittedOf('over', true)];

    const next = nextQueued(waiting.reduce(withQueued, ledger));

    expect(next?.input.deploymentId).toBe(expected);
  });

  it('holds everyone back when the target is halted and nobody may go over that', () => {
    const next = nextQueued(withQueued(HALTED, admittedOf('first')));

    expect(next).toBeUndefined();
  });

  it('loses only the one that is taken out', () => {
    const ledger = withoutQueued(queueOf(BUSY, ['a', 'b', 'c']), 'b');

    expect(ledger.queue.map(({ input }) => input.deploymentId)).toEqual(['a', 'c']);
  });
});

describe('viewOf', () => {
  it('shows an empty target as such', () => {
    const view = viewOf(EMPTY);

    expect(view).toEqual({
      environment: 'production',
      application: 'shop',
      queue: [],
      totals: EMPTY.totals,
    });
  });

  it('shows what runs, waits, is present, was before, and halts', () => {
    const good = ['one', 'two'].reduce(
      (ledger, id) => withResult(ledger, resultOf(id, { runs: running(`api:${id}`) }), PLACE),
      EMPTY,
    );
    const ledger = queueOf(withRunning({ ...good, halt: HALTED.halt! }, inputOf('runs'), NOW), [
      'q',
    ]);

    const view = viewOf(ledger);

    expect(view).toMatchObject({
      running: { deploymentId: 'runs', type: 'canary', expectedDurationMs: 1_800_000 },
      queue: [{ deploymentId: 'q', actor: 'actor of q' }],
      present: { deploymentId: 'two' },
      previous: { deploymentId: 'one' },
      halt: { deploymentId: 'lost' },
    });
    expect(Object.keys(view.queue[0] ?? {})).toEqual(['deploymentId', 'actor']);
  });

  it.each(OUTCOMES)('no longer shows a run when it has ended %s', (outcome) => {
    const view = viewOf(withResult(BUSY, resultOf('runs', { outcome }), PLACE));

    expect(view).not.toHaveProperty('running');
  });
});
