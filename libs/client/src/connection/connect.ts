import {
  connect as connectTo,
  ensureSearchAttributes,
  loadTemporalSettings,
} from '@fairlead/temporal';
import type { TemporalSettings } from '@fairlead/temporal';
import { Client } from '@temporalio/client';
import { toFairleadError, unreachableError, withDetails } from '../errors/fairlead-error.ts';
import type { FairleadError } from '../errors/fairlead-error.ts';
import { EXIT } from '../errors/exit.ts';
import type { Session } from './session.ts';

/** A key alone turns TLS on, and a plain server then says nothing at all. */
function withTlsHint(error: FairleadError, { connectionOptions }: TemporalSettings): FairleadError {
  if (error.exitCode !== EXIT.unreachable || connectionOptions.tls !== true) return error;
  return unreachableError(
    `${error.message}.\nTEMPORAL_API_KEY (or the profile’s key) turned TLS on: for a server without TLS, unset it or set TEMPORAL_TLS=false.`,
    { details: error.details, cause: error.cause },
  );
}

/** As Temporal's other tools find it. Fails in seconds, with the address. */
export async function connect(env: NodeJS.ProcessEnv): Promise<Session> {
  const settings = loadTemporalSettings(env);
  const { address, namespace } = settings;
  const connection = await connectTo(settings).catch((error: unknown) => {
    throw withDetails(withTlsHint(toFairleadError(error), settings), { address, namespace });
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
