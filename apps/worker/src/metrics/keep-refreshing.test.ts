import { afterEach, expect, it } from '@jest/globals';
import type { TargetState } from '@fairlead/contracts';
import { emptyLedger, targetStateOf } from '@fairlead/domain';
import type { MonitoringSystem } from '@fairlead/monitoring';
import { createLog } from '@fairlead/temporal/logging';
import { waitFor } from '@fairlead/testing/servers';
import { keepRefreshing } from './keep-refreshing.ts';
import type { Refreshing } from './keep-refreshing.ts';

const IDLE = targetStateOf(emptyLedger('staging', 'idle'));
const RUNNING: TargetState = {
  ...targetStateOf(emptyLedger('staging', 'shop')),
  running: { type: 'rolling', startedAt: '2026-01-01T00:00:00Z', expectedSeconds: 60 },
};
const DEADLINE_MS = 60_000;

let refreshing: Refreshing | undefined;

afterEach(() => refreshing?.stop());

function setUp({ states = [IDLE, RUNNING], gaugesEveryMs = 60_000, fails = 0 } = {}) {
  const lines: { readonly message?: string }[] = [];
  const sent: string[][] = [];
  let looks = 0;
  const stream = { write: (line: string) => lines.push(JSON.parse(line) as object) };
  const system: MonitoringSystem = {
    name: 'datadog',
    reach: () => Promise.resolve(),
    gauges: {
      send: (some) => {
        sent.push(some.map(({ application }) => application));
        return sent.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    },
  };
  refreshing = keepRefreshing({
    states: {
      states,
      ledgers: [],
      readAt: undefined,
      refresh: () => {
        looks += 1;
        return looks <= fails ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    },
    systems: () => [system, { name: 'other', reach: () => Promise.resolve() }],
    log: createLog({ service: 'test', level: 'warn', stream }),
    lookEveryMs: 1,
    gaugesEveryMs,
  });
  const until = (condition: () => boolean) =>
    waitFor(() => Promise.resolve(condition()), { deadlineMs: DEADLINE_MS, what: 'some looks' });
  return { sent, lines, looks: () => looks, until };
}

it('sends gauges of what runs, once in their time, however often it looks', async () => {
  const { sent, looks, until } = setUp();

  await until(() => looks() > 5);

  expect(sent).toEqual([['shop']]);
});

it('sends none while nothing runs', async () => {
  const { sent, looks, until } = setUp({ states: [IDLE], gaugesEveryMs: 0 });

  await until(() => looks() > 5);

  expect(sent).toEqual([]);
});

it('goes on when gauges are not taken, and says so', async () => {
  const { sent, lines, until } = setUp({ gaugesEveryMs: 0 });

  await until(() => sent.length > 2);

  expect(lines.map(({ message }) => message)).toEqual(['gauges were not taken']);
});

it('says once that Temporal is away, and goes on', async () => {
  const { lines, looks, until } = setUp({ fails: 4, states: [] });

  await until(() => looks() > 6);

  expect(lines.map(({ message }) => message)).toEqual(['targets could not be read']);
});
