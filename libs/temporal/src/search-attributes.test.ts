import { describe, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTE_NAMES, ensureSearchAttributes } from './search-attributes.ts';

type Connection = Parameters<typeof ensureSearchAttributes>[0];

interface Fake {
  readonly connection: Connection;
  readonly added: unknown[];
  readonly queries: readonly string[];
}

interface Asked {
  readonly searchAttributes: Readonly<Record<string, number>>;
}

interface Server {
  readonly addError?: Error;
  /** Queries that are answered with `countError` before one succeeds. Default: none. */
  readonly refusals?: number;
  /** Default: what a server says whose cache is older than the registration. */
  readonly countError?: Error;
}

function fakeServer(
  known: Record<string, number>,
  { addError, refusals = 0, countError = NOT_YET }: Server = {},
): Fake {
  const added: Asked[] = [];
  const queries: string[] = [];
  const operatorService = {
    listSearchAttributes: () => Promise.resolve({ customAttributes: known }),
    addSearchAttributes: (request: Asked) => {
      added.push(request);
      return addError === undefined ? Promise.resolve({}) : Promise.reject(addError);
    },
  };
  const workflowService = {
    countWorkflowExecutions: ({ query }: { readonly query: string }) => {
      queries.push(query);
      return queries.length > refusals ? Promise.resolve({}) : Promise.reject(countError);
    },
  };
  return {
    connection: { operatorService, workflowService } as unknown as Connection,
    added,
    queries,
  };
}

function grpcError(code: number, details: string): Error {
  return Object.assign(new Error(details), { code, details });
}

const NOT_YET = grpcError(3, 'invalid search attribute: DeployEnvironment');
const all = Object.fromEntries(SEARCH_ATTRIBUTE_NAMES.map((name) => [name, 2]));

describe('ensureSearchAttributes', () => {
  it('registers only what is missing', async () => {
    const known = Object.fromEntries(
      Object.entries(all).filter(([name]) => name !== 'DeployPhase'),
    );
    const { connection, added } = fakeServer(known);

    const registered = await ensureSearchAttributes(connection, 'releases');

    expect(registered).toEqual(['DeployPhase']);
    expect(added).toEqual([{ namespace: 'releases', searchAttributes: { DeployPhase: 2 } }]);
  });

  it('writes nothing when all are there', async () => {
    const { connection, added } = fakeServer(all);

    expect(await ensureSearchAttributes(connection, 'default')).toEqual([]);
    expect(added).toEqual([]);
  });

  it.each([
    ['it registered', {}, 1],
    ['another process registered', all, 0],
  ])('waits until the server takes what %s', async (_, known, additions) => {
    const { connection, added, queries } = fakeServer(known, { refusals: 2 });

    await ensureSearchAttributes(connection, 'default');

    expect(added).toHaveLength(additions);
    expect(queries).toHaveLength(3);
    expect(queries[0]).toBe(SEARCH_ATTRIBUTE_NAMES.map((name) => `${name} IS NULL`).join(' AND '));
  });

  it('says so when the server does not take them in time', async () => {
    const { connection } = fakeServer({}, { refusals: Infinity });

    await expect(
      ensureSearchAttributes(connection, 'releases', { takenWithinMs: 0 }),
    ).rejects.toMatchObject({
      type: 'temporal-unreachable',
      message: expect.stringMatching(/releases .* yet.*\(invalid search .*\); try again/),
    });
  });

  it.each([
    ['is away', 14],
    ['cannot count', 12],
  ])('asks a server once whose visibility %s', async (_, code) => {
    const countError = grpcError(code, 'no');
    const { connection, queries } = fakeServer(all, { refusals: Infinity, countError });

    await ensureSearchAttributes(connection, 'default');

    expect(queries).toHaveLength(1);
  });

  it('is content when another worker was faster', async () => {
    const { connection } = fakeServer({}, { addError: grpcError(6, 'already exists') });

    await expect(ensureSearchAttributes(connection, 'default')).resolves.toHaveLength(7);
  });

  it('gives the command to run when the server forbids it', async () => {
    const { connection } = fakeServer({}, { addError: grpcError(7, 'forbidden') });

    await expect(ensureSearchAttributes(connection, 'releases')).rejects.toMatchObject({
      type: 'config-invalid',
      message: expect.stringMatching(
        /\(forbidden\); run: temporal operator search-attribute create --namespace releases --name DeployEnvironment --type Keyword/,
      ),
    });
  });

  it('says which one is of another type', async () => {
    const { connection } = fakeServer({ ...all, DeployPhase: 1 });

    await expect(ensureSearchAttributes(connection, 'default')).rejects.toMatchObject({
      type: 'config-invalid',
      message: expect.stringContaining('DeployPhase'),
    });
  });

  it('is temporal-unreachable when the server is away', async () => {
    const { connection } = fakeServer({}, { addError: grpcError(14, 'unavailable') });

    await expect(ensureSearchAttributes(connection, 'default')).rejects.toMatchObject({
      type: 'temporal-unreachable',
    });
  });
});
