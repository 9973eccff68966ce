import type { NativeConnection } from '@temporalio/worker';
import type { Log } from '@fairlead/temporal/logging';
import { provision } from '@fairlead/temporal/provisioning';

interface StartRequest {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly systems: readonly string[];
  readonly log: Log;
}

/** Where `provision: true` says so. What a person edited stays, and no deployment waits for it. */
export async function provisionAtStart({
  connection,
  namespace,
  systems,
  log,
}: StartRequest): Promise<void> {
  for (const system of systems) {
    try {
      const input = { system, verb: 'apply', force: false, removeDuplicates: false } as const;
      const changes = await provision({ connection, namespace, input });
      const done = changes.filter(({ action }) => action !== 'unchanged');
      log.info('dashboards and alerts provisioned', { system, changes: done.length });
    } catch (error) {
      log.error('dashboards and alerts were not provisioned', { system, reason: String(error) });
    }
  }
}
