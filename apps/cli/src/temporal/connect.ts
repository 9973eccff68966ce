import {
  connect as connectTo,
  ensureSearchAttributes,
  loadTemporalSettings,
} from '@fairlead/temporal';
import { Client } from '@temporalio/client';
import { toCliError, withDetails } from '../errors.ts';
import type { Session } from './session.ts';

/** As Temporal's other tools find it. Fails in seconds, with the address. */
export async function connect(env: NodeJS.ProcessEnv): Promise<Session> {
  const settings = loadTemporalSettings(env);
  const { address, namespace } = settings;
  const connection = await connectTo(settings).catch((error: unknown) => {
    throw withDetails(toCliError(error), { address, namespace });
  });
  return {
    client: new Client({ connection, namespace }),
    address,
    namespace,
    registerSearchAttributes: async () => {
      await ensureSearchAttributes(connection, namespace);
    },
    close: () => connection.close(),
  };
}
