import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { AdapterError } from '@fairlead/contracts';

/** Where Temporal is and how to speak to it, as its other tools read it: environment over `temporal.toml`. */
export interface TemporalSettings {
  /** `host:port` */
  readonly address: string;
  readonly namespace: string;
  /** Holds key and certificates: never to be logged. */
  readonly connectionOptions: ClientConnectConfig['connectionOptions'];
}

/** The SDK's own default. */
const DEFAULT_ADDRESS = 'localhost:7233';

/** What gRPC takes: a name, an IPv4 or a bracketed IPv6 address, and no scheme. */
const ADDRESS = /^(\[[\da-f.:]+\]|[^:/\s]+)(:\d{1,5})?$/i;

/**
 * Reads `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS…`, `TEMPORAL_PROFILE` and the
 * file of `TEMPORAL_CONFIG_FILE`. Throws `config-invalid` when they cannot be read.
 */
export function loadTemporalSettings(env: NodeJS.ProcessEnv = process.env): TemporalSettings {
  const { connectionOptions, namespace } = readSettings(env);
  const address = connectionOptions.address ?? DEFAULT_ADDRESS;
  if (!ADDRESS.test(address)) {
    throw new AdapterError(
      'config-invalid',
      `TEMPORAL_ADDRESS ${JSON.stringify(address)} is no address: expected host:port, as in ${DEFAULT_ADDRESS}`,
    );
  }
  return {
    address,
    namespace: namespace ?? 'default',
    connectionOptions: { ...connectionOptions, address },
  };
}

function readSettings(env: NodeJS.ProcessEnv): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: setOnly(env) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdapterError(
      'config-invalid',
      `the Temporal connection settings cannot be read: ${reason}; check TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE and the other TEMPORAL_… variables`,
      { cause: error },
    );
  }
}

function setOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
