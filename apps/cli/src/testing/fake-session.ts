import type { Session } from '../temporal/session.ts';
import type { PendingActivity } from '../temporal/trouble.ts';

/** What one workflow answers. A function is asked anew each time. */
export interface FakeWorkflow {
  readonly status?: 'RUNNING' | 'COMPLETED' | 'TERMINATED';
  /** Answers of queries by name; one that is missing finds no worker. */
  readonly queries?: Readonly<Record<string, unknown>>;
  /** Answers of updates by name, given the update's argument. */
  readonly updates?: Readonly<Record<string, (argument: never) => unknown>>;
  readonly result?: unknown;
  /** Its activities that are not done, as Temporal describes them. */
  readonly pending?: readonly PendingActivity[];
}

/** For tests: Temporal with these workflows, by ID, and nothing else. `ID@1` is a further run of `ID`. */
export function fakeSession(workflows: Readonly<Record<string, FakeWorkflow>>): Session {
  const found = (id: string): FakeWorkflow => {
    const workflow = workflows[id];
    if (workflow !== undefined) return workflow;
    throw named('WorkflowNotFoundError', `workflow not found: ${id}`);
  };
  const getHandle = (workflowId: string, id = workflowId) => ({
    query: ({ name }: { name: string }) =>
      settled(() => {
        const { queries = {} } = found(id);
        if (!(name in queries)) throw Object.assign(new Error('no poller'), { code: 9 });
        const answer = queries[name];
        return typeof answer === 'function' ? (answer as () => unknown)() : answer;
      }),
    describe: () =>
      settled(() => ({
        status: { name: found(id).status ?? 'RUNNING' },
        closeTime: new Date('2026-11-25T04:40:00.000Z'),
        typedSearchAttributes: { getAll: () => [] },
        raw: { pendingActivities: found(id).pending },
      })),
    result: () => settled(() => found(id).result),
    executeUpdate: ({ name }: { name: string }, { args }: { args: readonly [never] }) =>
      settled(() => found(id).updates?.[name]?.(args[0])),
  });
  async function* list({ query }: { query: string }) {
    const wanted = /WorkflowId = '([^']+)'/.exec(query)?.[1];
    for (const runId of await Promise.resolve(Object.keys(workflows))) {
      const [workflowId = ''] = runId.split('@');
      const matches = wanted === undefined ? runId.startsWith('target/') : workflowId === wanted;
      if (matches) yield { workflowId, runId };
    }
  }
  return {
    // Only what the command line asks of a client.
    client: {
      withDeadline: (_deadline: number, run: () => unknown) => run(),
      workflow: { getHandle, list },
      workflowService: { getSystemInfo: () => Promise.resolve({}) },
    } as unknown as Session['client'],
    address: 'localhost:7233',
    namespace: 'default',
    registerSearchAttributes: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** What is thrown inside comes out as a rejection, as over a wire. */
function settled<T>(run: () => T): Promise<T> {
  return Promise.resolve().then(run);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
