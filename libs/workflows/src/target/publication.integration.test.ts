import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { TargetState } from '@fairlead/contracts';
import { forgetUpdate } from '@fairlead/contracts/messages';
import { waitFor } from '@fairlead/testing/servers';
import { APPROVAL, createTargetStage } from '@fairlead/testing/workflows';

const stage = createTargetStage();
const { application, ask, deliveries, idle, ledger, request, resultOf, signal, states } = stage;

beforeAll(stage.start);
beforeEach(() => {
  stage.renew();
  deliveries.progress = { systems: ['gateway'] };
});
afterAll(stage.stop);

/** The target of the test before may publish once more meanwhile. */
function published(): TargetState[] {
  return states.published
    .map(({ state }) => state)
    .filter((state) => state.application === application());
}

function held(): TargetState | undefined {
  return states.held.get(`gateway/${application()}`);
}

async function untilHeld(condition: (state: TargetState) => boolean, what: string): Promise<void> {
  await waitFor(
    () => {
      const state = held();
      return Promise.resolve(state !== undefined && condition(state));
    },
    { deadlineMs: 60_000, what: () => `${what}; it holds ${JSON.stringify(held())}` },
  );
}

describe('the state of a target', () => {
  it('is given to each system while a canary runs, and without the run once it is over', async () => {
    await ask(request('one', { canary: APPROVAL.canary }));
    await untilHeld(({ running }) => running?.canary?.weight === 0.1, 'a canary of 10 %');
    const running = held()?.running;
    const shown = (await ledger()).running;
    await signal('one', 'promote');
    await resultOf('one');
    await untilHeld((state) => state.running === undefined, 'no run');

    expect(running).toMatchObject({ type: 'canary', canary: { healthy: true, weight: 0.1 } });
    expect(shown?.canary).toEqual({ healthy: true, weight: 0.1 });
    expect(held()?.totals.deployments.canary?.succeeded?.count).toBe(1);
  });

  it('"is published whole": the last one is the present one, however often a call fails', async () => {
    let failures = 0;
    states.before = () => {
      failures += 1;
      return failures % 3 === 0 ? Promise.resolve() : Promise.reject(new Error('gateway is away'));
    };

    for (const name of ['a', 'b', 'c']) {
      await ask(request(name));
      await resultOf(name);
      await idle();
    }
    await untilHeld(
      ({ running, totals }) =>
        running === undefined && totals.deployments.canary?.succeeded?.count === 3,
      'three deployments',
    );

    const counts = published().map(
      ({ totals }) => totals.deployments.canary?.succeeded?.count ?? 0,
    );
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
  });

  it('is given once more where an attempt failed: what that one sent may come late, and stay', async () => {
    const late: TargetState[] = [];
    states.before = (_system, state) => {
      late.push(state);
      return late.length === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve();
    };
    await ask(request('one'));
    await resultOf('one');
    await untilHeld(({ running }) => running === undefined, 'no run');

    // As a network does that had kept it.
    states.held.set(`gateway/${application()}`, late[0]!);

    await untilHeld(({ running }) => running === undefined, 'no run, once more');
  });

  it('is not given any more to a system that no worker knows', async () => {
    states.before = () => {
      throw ApplicationFailure.nonRetryable('no system gateway', 'config-invalid');
    };

    await ask(request('one'));
    await resultOf('one');
    const view = await idle();

    expect(view.totals.deployments.canary?.succeeded?.count).toBe(1);
    expect(held()).toBeUndefined();
  });

  it('is given to nobody where the caller has switched monitoring off', async () => {
    const features = { monitoring: false, notifications: true, remediation: true };

    await ask(request('one', { features }));
    await resultOf('one');
    await idle();

    expect(published()).toEqual([]);
  });

  it('is taken back when the target is forgotten', async () => {
    await ask(request('one'));
    await resultOf('one');
    await untilHeld(({ running }) => running === undefined, 'no run');

    await stage.target().executeUpdate(forgetUpdate, { args: [{ actor: 'ann' }] });

    await waitFor(() => Promise.resolve(held() === undefined), {
      deadlineMs: 60_000,
      what: 'the series to be taken back',
    });
  });
});
