import type { Session } from '../connection/session.ts';
import type { PendingActivity } from '../connection/trouble.ts';

/** What one workflow answers. A function is asked anew each time. */
export interface FakeWorkflow {
  readonly status?: 'RUNNING' | 'COMPLETED' | 'TERMINATED';
  /** RFC 3339; default the same for all. */
  readonly startedAt?: string;
  /** Answers of queries by name; one that is missing finds no worker. */
  readonly queries?: Readonly<Record<string, unknown>>;
  /** Answers of updates by name, given the update's argument. */
  readonly updates?: Readonly<Record<string, (argument: never) => unknown>>;
  /** Or a function that answers it, or throws. */
  readonly result?: unknown;
  /** Its activities that are not done, as Temporal describes them. */
  readonly pending?: readonly PendingActivity[];
}

interface FakeWorkers {
  /** Queues from which a worker takes work. */
  readonly served?: readonly string[];
}

const TIME = '2026-11-25T04:40:00.000Z';

/** For tests: Temporal with these workflows, by ID, and nothing else. `ID@1` is a further run of `ID`. */
export function fakeSession(
  workflows: Readonly<Record<string, FakeWorkflow>>,
  { served = [] }: FakeWorkers = {},
): Session {
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
        return answerOf(queries[name]);
      }),
    describe: () =>
      settled(() => ({
        status: { name: found(id).status ?? 'RUNNING' },
        closeTime: new Date(TIME),
        typedSearchAttributes: { getAll: () => [] },
        raw: { pendingActivities: found(id).pending },
      })),
    result: () => settled(() => answerOf(found(id).result)),
    executeUpdate: ({ name }: { name: string }, { args }: { args: readonly [never] }) =>
      settled(() => found(id).updates?.[name]?.(args[0])),
  });
  async function* list({ query }: { query: string }) {
    const wanted = /WorkflowId = '([^']+)'/.exec(query)?.[1];
    for (const runId of await Promise.resolve(Object.keys(workflows))) {
      const [workflowId = ''] = runId.split('@');
      const matches = wanted === undefined ? runId.startsWith('target/') : workflowId === wanted;
      const startTime = new Date(found(runId).startedAt ?? TIME);
      if (matches) yield { workflowId, runId, startTime };
    }
  }
  return {
    // Only what the command line asks of a client.
    client: {
      withDeadline: (_deadline: number, run: () => unknown) => run(),
      workflow: { getHandle, list, start: () => Promise.resolve() },
      workflowService: {
        getSystemInfo: () => Promise.resolve({}),
        describeTaskQueue: ({ taskQueue }: { taskQueue: { name: string } }) =>
          Promise.resolve({ pollers: served.filter((name) => name === taskQueue.name) }),
      },
    } as unknown as Session['client'],
    address: 'localhost:7233',
    namespace: 'default',
    registerSearchAttributes: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function answerOf(answer: unknown): unknown {
  return typeof answer === 'function' ? (answer as () => unknown)() : answer;
}

/** What is thrown inside comes out as a rejection, as over a wire. */
function settled<T>(run: () => T): Promise<T> {
  return Promise.resolve().then(run);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
