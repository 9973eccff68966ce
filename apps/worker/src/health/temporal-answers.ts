import type { NativeConnection } from '@temporalio/worker';

/** Longer than any healthy server takes; give a readiness probe a timeout above it. */
const TIMEOUT_MS = 2_000;

/** Whether the server answers the cheapest of its calls, which every caller may make. */
export async function temporalAnswers(connection: NativeConnection | undefined): Promise<boolean> {
  if (connection === undefined) return false;
  try {
    await connection.withDeadline(Date.now() + TIMEOUT_MS, () =>
      connection.workflowService.getSystemInfo({}),
    );
    return true;
  } catch {
    return false;
  }
}
