import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import { createLog } from '@fairlead/temporal/logging';
import { waitFor } from '@fairlead/testing/servers';
import { parseOptions } from './options/parse-options.ts';
import { watchInTurn } from './watch-in-turn.ts';

const ALONE = 'watches for issues without a Lease: other workers may report the same';

function stage(beforeCall: () => void = () => undefined) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  };
  const invocation = parseOptions([], { FAIRLEAD_CLUSTER: 'eu' });
  if (invocation.kind !== 'run') throw new Error(`expected a run, got ${invocation.kind}`);
  const { options } = invocation;
  const cluster = createSimulatedCluster({ beforeCall });
  const log = createLog({ service: 'test', level: 'info', stream: { write } });
  const state = { watching: 0 };
  const watch = () => {
    state.watching += 1;
    return {
      close() {
        state.watching -= 1;
      },
    };
  };
  const start = (namespace: string | undefined) =>
    watchInTurn({ cluster, namespace, options, log, watch });
  return { lines, cluster, state, start };
}

const until = (condition: () => unknown, what: string) =>
  waitFor(condition, { deadlineMs: 60_000, what });

it('watches without a Lease where the worker has no namespace of its own, and says so', async () => {
  const { lines, state, start } = stage();

  const watching = start(undefined);

  expect(state.watching).toBe(1);
  expect(lines).toEqual([
    expect.objectContaining({ message: ALONE, reason: expect.stringContaining('no namespace') }),
  ]);
  await watching.close();
  expect(state.watching).toBe(0);
});

it('watches without a Lease where it may have none, and says so', async () => {
  const { lines, state, start } = stage(() => {
    throw new AdapterError('cluster-forbidden', 'may not get leases');
  });

  const watching = start('ours');
  await until(() => lines.length, 'the line');
  await watching.close();

  expect(lines).toEqual([
    expect.objectContaining({ level: 'info', message: ALONE, reason: 'may not get leases' }),
  ]);
  expect(state.watching).toBe(0);
});

it('watches alone of two, and names the Lease and its holder', async () => {
  const { lines, cluster, state, start } = stage();

  const first = start('ours');
  await until(() => state.watching, 'the first to watch');
  const second = start('ours');
  await until(() => lines.length, 'the line');

  expect(state.watching).toBe(1);
  const lease = await cluster.lease({ namespace: 'ours', name: 'fairlead-watch-eu' });
  expect(lines).toEqual([
    expect.objectContaining({
      ...{ message: 'another worker watches for issues', holder: lease?.holder },
      lease: 'ours/fairlead-watch-eu',
    }),
  ]);
  await Promise.all([first.close(), second.close()]);
  expect(state.watching).toBe(0);
});
