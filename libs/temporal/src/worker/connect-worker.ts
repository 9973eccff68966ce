import { NativeConnection } from '@temporalio/worker';
import { connect } from '../connect.ts';
import { toConnectError } from '../connect-error.ts';
import type { Log } from '../logging/log.ts';
import type { TemporalSettings } from '../settings.ts';

/** Often enough that a person who watches the log sees it live. */
const PROGRESS_EVERY_MS = 5_000;

export interface WorkerConnectOptions {
  /** Default 60,000: a worker often starts before its server does. */
  readonly timeoutMs?: number;
  readonly log: Log;
}

/**
 * Connects a worker, waiting for a server that is still away and saying so in the log. Throws as `connect` does.
 * Install the runtime first.
 */
export async function connectWorker(
  settings: TemporalSettings,
  { timeoutMs = 60_000, log }: WorkerConnectOptions,
): Promise<NativeConnection> {
  const { address } = settings;
  const startedMs = performance.now();
  const waitedMs = (): number => Math.round(performance.now() - startedMs);
  const progress = setInterval(() => {
    log.warn('waiting for Temporal', { address, waitedMs: waitedMs(), timeoutMs });
  }, PROGRESS_EVERY_MS);
  try {
    // The client's connection waits and reconnects by itself; the native one tries once.
    const probe = await connect(settings, { timeoutMs });
    await probe.close();
    return await NativeConnection.connect(settings.connectionOptions);
  } catch (error) {
    if (error instanceof Error && error.name === 'AdapterError') throw error;
    throw toConnectError(error, { address, triedMs: waitedMs() });
  } finally {
    clearInterval(progress);
  }
}
