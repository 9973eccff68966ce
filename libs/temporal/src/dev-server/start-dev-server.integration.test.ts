import { Client } from '@temporalio/client';
import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import { connect, ensureSearchAttributes } from '../index.ts';
import { temporalPath } from '../../../../tools/setup/index.ts';
import { startDevServer } from './start-dev-server.ts';
import type { DevServer } from './start-dev-server.ts';

let binary: string;
let server: DevServer;

beforeAll(async () => {
  binary = await temporalPath();
  server = await startDevServer({ binary, uiPort: false, searchAttributes: [] });
});

afterAll(async () => {
  await server.stop();
});

function settings() {
  const { address, namespace } = server;
  return { address, namespace, connectionOptions: { address } };
}

describe('startDevServer', () => {
  it('takes starts with our attributes as soon as they are registered', async () => {
    const connection = await connect(settings());
    const client = new Client({ connection });

    const first = await ensureSearchAttributes(connection, 'default');
    const second = await ensureSearchAttributes(connection, 'default');
    const handle = await client.workflow.start('target', {
      taskQueue: 'nobody',
      workflowId: 'target/staging/shop',
      typedSearchAttributes: [
        {
          key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.environment, SearchAttributeType.KEYWORD),
          value: 'staging',
        },
      ],
    });
    await handle.terminate();
    await connection.close();

    expect(first).toHaveLength(Object.keys(SEARCH_ATTRIBUTES).length);
    expect(second).toEqual([]);
  });

  it('names the port when it is taken', async () => {
    const port = Number(server.address.split(':')[1]);

    const starting = startDevServer({ binary, port, uiPort: false });

    await expect(starting).rejects.toMatchObject({
      type: 'config-invalid',
      message: expect.stringContaining(`${server.address} is taken`),
    });
  });

  it('gives its last words when it ends at once', async () => {
    const starting = startDevServer({ binary, uiPort: false, dbFile: '/nowhere/temporal.db' });

    await expect(starting).rejects.toMatchObject({
      type: 'config-invalid',
      message: expect.stringContaining('/nowhere'),
    });
  });

  it('ends when it is stopped', async () => {
    const other = await startDevServer({ binary, uiPort: false });

    await other.stop();

    await expect(other.exited).resolves.toBeDefined();
  });
});
