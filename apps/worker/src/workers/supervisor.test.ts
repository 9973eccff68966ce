import { describe, expect, it } from '@jest/globals';
import { createLog } from '@fairlead/temporal/logging';
import { createSupervisor } from './supervisor.ts';
import type { Supervised } from './supervisor.ts';

const log = createLog({ service: 'test', level: 'error', stream: { write: () => undefined } });

interface FakeWorker extends Supervised {
  fail(error: Error): void;
}

function fakeWorker(taskQueue: string): FakeWorker {
  const { promise, resolve, reject } = Promise.withResolvers<never>();
  let state: ReturnType<Supervised['getState']> = 'INITIALIZED';
  return {
    options: { taskQueue } as Supervised['options'],
    getState: () => state,
    run: () => {
      state = 'RUNNING';
      return promise;
    },
    shutdown: () => {
      state = 'STOPPED';
      resolve(undefined as never);
    },
    fail: (error) => {
      state = 'FAILED';
      reject(error);
    },
  };
}

describe('createSupervisor', () => {
  it('ends in peace when all were asked to', async () => {
    const supervisor = createSupervisor([fakeWorker('a'), fakeWorker('b')], log);

    const running = supervisor.run();
    supervisor.shutdown();

    await expect(running).resolves.toBeUndefined();
  });

  it('ends the others and throws when one breaks', async () => {
    const [broken, other] = [fakeWorker('a'), fakeWorker('b')];
    const supervisor = createSupervisor([broken, other], log);

    const running = supervisor.run();
    broken.fail(new Error('poller died'));

    await expect(running).rejects.toThrow('poller died');
    expect(supervisor.states()).toEqual([
      { taskQueue: 'a', state: 'FAILED' },
      { taskQueue: 'b', state: 'STOPPED' },
    ]);
  });

  it('ends at once when it was asked before it ran', async () => {
    const supervisor = createSupervisor([fakeWorker('a')], log);

    supervisor.shutdown();

    await expect(supervisor.run()).resolves.toBeUndefined();
  });
});
