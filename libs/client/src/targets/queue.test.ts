import { describe, expect, it } from '@jest/globals';
import type { Halt, LedgerView } from '@fairlead/contracts';
import { fakeSession } from '../testing/fake-session.ts';
import { aRecord } from '../testing/fixtures.ts';
import { awaitTurn } from './queue.ts';
import type { TurnOptions } from './queue.ts';

const HALT: Halt = {
  deploymentId: 'lost',
  kind: 'deploy',
  at: '2026-11-25T04:40:00Z',
  message: 'the rollback could not finish',
  namespace: 'shop-staging',
  cluster: 'default',
  left: [],
};
const RUNNING = {
  deploymentId: 'ahead',
  actor: 'alice',
  startedAt: '2026-11-25T04:33:12.000Z',
  type: 'canary',
  expectedDurationMs: 1,
} as const;
const QUEUED: LedgerView = {
  environment: 'staging',
  application: 'shop',
  queue: [{ deploymentId: 'mine', actor: 'bob' }],
  totals: {
    deployments: {},
    rollbacks: { succeeded: { count: 0 }, failed: { count: 0 } },
  },
};
const BUSY: LedgerView = { ...QUEUED, running: RUNNING };
const HALTED: LedgerView = { ...QUEUED, halt: HALT };
const MINE_RUNS: LedgerView = { ...QUEUED, queue: [] };

/** Who waits longer than this waits for ever. */
const MAX_LOOKS = 20;

/** The target shows one ledger after the other; with the last of them the run is there. */
function waiter(
  ledgers: readonly LedgerView[],
  options: Partial<TurnOptions> & { readonly withdrawn?: boolean } = {},
) {
  const notes: string[] = [];
  const withdrawals: unknown[] = [];
  const { withdrawn = true, ...rest } = options;
  const patience = new AbortController();
  let looks = 0;
  const look = () => {
    if (looks > MAX_LOOKS) patience.abort();
    return ledgers[Math.min(looks++, ledgers.length - 1)];
  };
  const session = fakeSession({
    'target/staging/shop': {
      queries: { ledger: look },
      updates: {
        withdraw: (request) => {
          withdrawals.push(request);
          return { withdrawn };
        },
      },
    },
    'deployment/mine': { queries: { record: () => aRecord({ deploymentId: 'mine' }) } },
  });
  const turn = awaitTurn({
    session,
    target: { environment: 'staging', application: 'shop' },
    deploymentId: 'mine',
    view: { note: (text) => notes.push(text) },
    signal: patience.signal,
    pollMs: 0,
    ...rest,
  });
  return { turn, notes, withdrawals };
}

describe('awaitTurn', () => {
  it('says the place whenever it changes, until the turn comes', async () => {
    const { turn, notes } = waiter([BUSY, BUSY, QUEUED, MINE_RUNS]);

    expect(await turn).toBe('started');
    expect(notes).toEqual(['Queued at place 1; ahead by alice is running.', 'Queued at place 1.']);
  });

  it('takes a request back behind a halt: says what halted it and what to do', async () => {
    const { turn, notes, withdrawals } = waiter([BUSY, HALTED], { withdrawAs: 'bob' });

    await expect(turn).rejects.toMatchObject({
      type: 'halted',
      exitCode: 5,
      message: expect.stringMatching(
        /^Deployment mine was taken out of the queue[^]*by deployment lost: the rollback could not finish[^]*fairlead rollback --environment staging[^]*--force/,
      ),
    });
    expect(withdrawals).toEqual([
      { deploymentId: 'mine', actor: 'bob', reason: 'the target is halted' },
    ]);
    expect(notes.at(-1)).toContain(
      'is halted since 2026-11-25T04:40:00Z by deployment lost (the rollback could not finish)',
    );
  });

  it.each([
    ['something runs that may mend it', [{ ...HALTED, running: RUNNING }]],
    ['one with --force is about to start', [HALTED, BUSY]],
  ])('keeps its place behind a halt while %s', async (_case, ledgers) => {
    const { turn, withdrawals } = waiter([...ledgers, BUSY, MINE_RUNS], { withdrawAs: 'bob' });

    expect(await turn).toBe('started');
    expect(withdrawals).toEqual([]);
  });

  it('goes on when the turn came before it was taken back', async () => {
    const ledgers = [HALTED, HALTED, MINE_RUNS];
    const { turn, withdrawals } = waiter(ledgers, { withdrawAs: 'bob', withdrawn: false });

    expect(await turn).toBe('started');
    expect(withdrawals).toHaveLength(1);
  });

  it('takes nothing back for someone who only watches, and tells of the halt once', async () => {
    const { turn, notes, withdrawals } = waiter([HALTED, HALTED, HALTED, MINE_RUNS]);

    expect(await turn).toBe('started');
    expect(withdrawals).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('is halted since')]);
  });
});
