import { describe, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTE_NAMES, ensureSearchAttributes } from './search-attributes.ts';

type Connection = Parameters<typeof ensureSearchAttributes>[0];

interface Fake {
  readonly connection: Connection;
  readonly added: unknown[];
}

function fakeServer(known: Record<string, number>, addError?: Error): Fake {
  const added: unknown[] = [];
  const operatorService = {
    listSearchAttributes: () => Promise.resolve({ customAttributes: known }),
    addSearchAttributes: (request: unknown) => {
      added.push(request);
      return addError === undefined ? Promise.resolve({}) : Promise.reject(addError);
    },
  };
  return { connection: { operatorService } as unknown as Connection, added };
}

function grpcError(code: number, details: string): Error {
  return Object.assign(new Error(details), { code, details });
}

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

  it('is content when another worker was faster', async () => {
    const { connection } = fakeServer({}, grpcError(6, 'already exists'));

    await expect(ensureSearchAttributes(connection, 'default')).resolves.toHaveLength(6);
  });

  it('gives the command to run when the server forbids it', async () => {
    const { connection } = fakeServer({}, grpcError(7, 'forbidden'));

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
    const { connection } = fakeServer({}, grpcError(14, 'unavailable'));

    await expect(ensureSearchAttributes(connection, 'default')).rejects.toMatchObject({
      type: 'temporal-unreachable',
    });
  });
});
