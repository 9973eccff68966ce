import { Connection } from '@temporalio/client';
import { toConnectError } from './connect-error.ts';
import type { TemporalSettings } from './settings.ts';

/** A person waits for the command line: longer than any healthy server takes, short enough not to look hung. */
const DEFAULT_TIMEOUT_MS = 5_000;

/** Keeps trying often while the server is away: gRPC's own pause between two tries grows to two minutes. */
const CHANNEL_ARGUMENTS = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

export interface ConnectOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number;
}

/**
 * Connects a client. Throws `temporal-unreachable` with the address and how long it was tried, or `config-invalid`
 * when the server refuses the credentials.
 */
export async function connect(
  { address, connectionOptions }: TemporalSettings,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: ConnectOptions = {},
): Promise<Connection> {
  const startedMs = performance.now();
  const { tls, apiKey, metadata } = connectionOptions;
  const connection = Connection.lazy({
    address,
    connectTimeout: timeoutMs,
    channelArgs: CHANNEL_ARGUMENTS,
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw toConnectError(error, { address, triedMs: performance.now() - startedMs });
  }
}
