import { describe, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTE_NAMES, ensureSearchAttributes } from './search-attributes.ts';

type Connection = Parameters<typeof ensureSearchAttributes>[0];

interface Fake {
  readonly connection: Connection;
  readonly added: unknown[];
}

interface Asked {
  readonly searchAttributes: Readonly<Record<string, number>>;
}

/** `knowsAfter`: lists that show nothing of what was added; default none. */
function fakeServer(
  known: Record<string, number>,
  { addError, knowsAfter = 0 }: { readonly addError?: Error; readonly knowsAfter?: number } = {},
): Fake {
  const added: Asked[] = [];
  let lists = 0;
  const operatorService = {
    listSearchAttributes: () => {
      if (added.length > 0) lists += 1;
      const shown = lists > knowsAfter ? added.map((one) => one.searchAttributes) : [];
      return Promise.resolve({ customAttributes: Object.assign({}, known, ...shown) as object });
    },
    addSearchAttributes: (request: Asked) => {
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

  it('waits until the server knows what was registered', async () => {
    const { connection, added } = fakeServer({}, { knowsAfter: 2 });

    await ensureSearchAttributes(connection, 'default');

    expect(added).toHaveLength(1);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({});
    expect(Object.keys(customAttributes)).toHaveLength(6);
  });

  it('says so when the server does not know them in time', async () => {
    const { connection } = fakeServer({}, { knowsAfter: Infinity });

    await expect(
      ensureSearchAttributes(connection, 'releases', { knownWithinMs: 0 }),
    ).rejects.toMatchObject({
      type: 'temporal-unreachable',
      message: expect.stringMatching(/releases does not know DeployEnvironment, .* try again/),
    });
  });

  it('is content when another worker was faster', async () => {
    const { connection } = fakeServer({}, { addError: grpcError(6, 'already exists') });

    await expect(ensureSearchAttributes(connection, 'default')).resolves.toHaveLength(6);
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
