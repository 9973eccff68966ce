import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import fc from 'fast-check';
import type { Leases } from './claims.ts';
import { standForElection } from './election.ts';
import type { ElectionNews } from './election.ts';
import { createLeaseStore, QUICK } from './lease-store.ts';
import type { Trip } from './lease-store.ts';
import { createVirtualTime } from './virtual-time.ts';

const LOST: Trip = { ...QUICK, lost: 'call' };

function stage() {
  const time = createVirtualTime();
  const store = createLeaseStore(time);

  function stand({
    holder,
    leases = store.reach(() => QUICK),
    clock = {},
  }: {
    readonly holder: string;
    readonly leases?: Leases;
    readonly clock?: { readonly offsetMs?: number; readonly rate?: number };
  }) {
    const candidate = { leads: false, begun: 0, news: [] as ElectionNews[] };
    const election = standForElection({
      ...{ leases, holder, lease: { namespace: 'ours', name: 'watch' } },
      clock: time.clock(clock),
      random: () => 0.5,
      told: (news) => candidate.news.push(news),
      lead: () => {
        candidate.leads = true;
        candidate.begun += 1;
        return {
          close() {
            candidate.leads = false;
          },
        };
      },
    });
    return Object.assign(candidate, { close: () => election.close() });
  }

  return { time, store, stand };
}

/** Somebody whose calls all fail in the same way, until it is mended. */
function failing(store: ReturnType<typeof createLeaseStore>, type: 'cluster-forbidden') {
  const state = { fails: true };
  const whole = store.reach(() => QUICK);
  const leases: Leases = {
    ...whole,
    lease: (ref) =>
      state.fails ? Promise.reject(new AdapterError(type, 'may not')) : whole.lease(ref),
  };
  return { state, leases };
}

describe('an election', () => {
  it('has one leader; the others know who it is', async () => {
    const { time, store, stand } = stage();
    const [one, two] = [stand({ holder: 'one' }), stand({ holder: 'two' })];

    await time.pass(60_000);

    expect([one.leads, two.leads].filter(Boolean)).toHaveLength(1);
    const [leader, other] = one.leads ? [one, two] : [two, one];
    expect(leader).toMatchObject({ begun: 1, news: [{ state: 'leads' }] });
    const holder = one.leads ? 'one' : 'two';
    expect(other.news).toEqual([{ state: 'follows', holder }]);
    expect(store.lease()).toMatchObject({ holder, durationSeconds: 15, transitions: 0 });
  });

  it('is over at once for one that ends, and the next leads within a retry', async () => {
    const { time, store, stand } = stage();
    const one = stand({ holder: 'one' });
    await time.pass(1_000);
    const two = stand({ holder: 'two' });
    await time.pass(5_000);

    const closed = one.close();
    expect(one.leads).toBe(false);
    await time.pass(4_000);
    await closed;

    expect(two.leads).toBe(true);
    expect(store.lease()).toMatchObject({ holder: 'two', transitions: 1 });
  });

  it('waits for the Lease of one that was killed until it has not changed for 15 s', async () => {
    const { time, store, stand } = stage();
    let trip = QUICK;
    stand({ holder: 'killed', leases: store.reach(() => trip) });
    await time.pass(1_000);
    const next = stand({ holder: 'next' });
    await time.pass(5_000);
    trip = LOST;
    await time.pass(13_000);
    expect(next.leads).toBe(false);

    await time.pass(8_000);

    expect(next.leads).toBe(true);
  });

  it('is lost by a leader that could not renew for 10 s, well before another leads', async () => {
    const { time, store, stand } = stage();
    let trip = QUICK;
    const leader = stand({ holder: 'one', leases: store.reach(() => trip) });
    await time.pass(1_000);
    trip = LOST;
    await time.pass(7_900);
    expect(leader.leads).toBe(true);

    await time.pass(2_100);

    expect(leader.leads).toBe(false);
    expect(leader.news).toEqual([{ state: 'leads' }, { state: 'lost' }]);
  });

  it('counts from when it was asked for, not from the answer', async () => {
    const { time, store, stand } = stage();
    const trips = [QUICK, QUICK, { ...QUICK, backMs: 9_000 }];
    const leader = stand({ holder: 'one', leases: store.reach(() => trips.shift() ?? LOST) });
    // Taken at once, and renewed after 2 s: so the answer of 11 s counts until 12 s.
    await time.pass(11_900);
    expect(leader.leads).toBe(true);

    await time.pass(200);

    expect(leader.leads).toBe(false);
  });

  it('is won again when the network is back', async () => {
    const { time, store, stand } = stage();
    let trip = QUICK;
    const leader = stand({ holder: 'one', leases: store.reach(() => trip) });
    await time.pass(1_000);
    trip = LOST;
    await time.pass(20_000);
    trip = QUICK;

    await time.pass(20_000);

    expect(leader).toMatchObject({ leads: true, begun: 2 });
  });

  it('survives that somebody removes the Lease', async () => {
    const { time, store, stand } = stage();
    const one = stand({ holder: 'one' });
    await time.pass(1_000);
    const two = stand({ holder: 'two' });
    await time.pass(5_000);

    store.remove();
    await time.pass(30_000);

    expect([one.leads, two.leads].filter(Boolean)).toHaveLength(1);
  });

  it('is not held where the Lease may not be used: each leads, and says so once', async () => {
    const { time, store, stand } = stage();
    const { leases, state } = failing(store, 'cluster-forbidden');
    const one = stand({ holder: 'one', leases });

    await time.pass(600_000);
    expect(one).toMatchObject({
      ...{ leads: true, begun: 1 },
      news: [{ state: 'alone', why: 'may not' }],
    });

    state.fails = false;
    await time.pass(61_000);
    expect(one).toMatchObject({ leads: true, begun: 1 });
    expect(store.lease()).toMatchObject({ holder: 'one' });
  });

  it('never begins to lead once it is over, and gives back what it was about to take', async () => {
    const { time, store, stand } = stage();
    const slow: Trip = { ...QUICK, backMs: 3_000 };
    const one = stand({ holder: 'one', leases: store.reach(() => slow) });
    await time.pass(1_000);

    const closed = one.close();
    await time.pass(30_000);
    await closed;

    expect(one).toMatchObject({ leads: false, begun: 0 });
    expect(store.lease()).not.toHaveProperty('holder');
  });
});

const anyTrip = fc.record({
  thereMs: fc.integer({ min: 1, max: 12_000 }),
  backMs: fc.integer({ min: 1, max: 12_000 }),
  lost: fc.constantFrom('call', 'answer', 'nothing', 'nothing', 'nothing'),
});
const anyCandidate = fc.record({
  offsetMs: fc.integer({ min: -1e9, max: 1e9 }),
  rate: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
  standsAtMs: fc.integer({ min: 0, max: 30_000 }),
  endsAtMs: fc.option(fc.integer({ min: 30_000, max: 150_000 })),
  /** Quick ones between, so that somebody leads at times. */
  trips: fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(QUICK) }, anyTrip), {
    ...{ minLength: 20, maxLength: 60 },
  }),
});

it('never has two leaders, whatever clocks and network do, and has one when they are well again', async () => {
  let ledAtAll = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyCandidate, { minLength: 2, maxLength: 4 }), async (candidates) => {
      const { time, store, stand } = stage();
      const standing: ReturnType<typeof stand>[] = [];
      candidates.forEach(({ trips, standsAtMs, endsAtMs, ...clock }, index) => {
        const left = [...trips];
        const leases = store.reach(() => left.shift() ?? QUICK);
        time.at(standsAtMs, () => {
          const one = stand({ holder: `candidate ${index}`, leases, clock });
          standing.push(one);
          if (endsAtMs !== null && index > 0) time.at(endsAtMs, () => void one.close());
        });
      });
      const leaders = () => standing.filter(({ leads }) => leads).length;

      let mostAtOnce = 0;
      await time.pass(900_000, () => {
        mostAtOnce = Math.max(mostAtOnce, leaders());
      });

      expect({ mostAtOnce, atLast: leaders() }).toEqual({ mostAtOnce: 1, atLast: 1 });
      ledAtAll += standing.reduce((sum, { begun }) => sum + begun, 0);
    }),
    { numRuns: 60 },
  );
  expect(ledAtAll).toBeGreaterThan(60);
});
