import { randomUUID } from 'node:crypto';
import type { TemporalServer } from './temporal-server.ts';
import { startTemporal, variablesOf } from './temporal-server.ts';

/** Its address. */
const VARIABLE = 'FAIRLEAD_TEST_TEMPORAL';
const KEYWORD = 2;
const RETENTION = { seconds: 24 * 60 * 60 } as never;

export type SharedTemporal = Pick<TemporalServer, 'address' | 'namespace' | 'env' | 'stop'>;

/** A server for all suites, and what tells them of it: a start costs half a second of work. */
export async function startSharedTemporal(): Promise<{
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}> {
  const server = await startTemporal();
  return { env: { [VARIABLE]: server.address }, stop: () => server.stop() };
}

/**
 * A new namespace of the server that `npm test` started for all its suites, or else a new server. `keywords`: its search
 * attributes.
 */
export async function joinTemporal(keywords: readonly string[] = []): Promise<SharedTemporal> {
  const address = process.env[VARIABLE];
  if (!address) {
    const searchAttributes = keywords.map((name) => [name, 'Keyword'] as const);
    return startTemporal({ searchAttributes: Object.fromEntries(searchAttributes) });
  }
  // Only here: without it these helpers load at once.
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address });
  const namespace = `test-${randomUUID().slice(0, 8)}`;
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: RETENTION,
    });
    if (keywords.length > 0) {
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(keywords.map((name) => [name, KEYWORD])),
      });
    }
  } finally {
    await connection.close();
  }
  return {
    address,
    namespace,
    env: variablesOf(address, namespace),
    stop: () => Promise.resolve(),
  };
}
