import type { ServerProcess } from './server-process.ts';
import { waitFor } from './wait-for.ts';

/** They answer within 0.3 s; a busy machine may take a hundred times that. */
const START_DEADLINE_MS = 60_000;

/**
 * Waits until a server says 200 at this address.
 * @throws Error with the end of its log, when the process has ended
 */
export async function untilAnswers(server: ServerProcess, url: string): Promise<void> {
  await waitFor(
    () => {
      server.assertAlive();
      return answers(url);
    },
    { deadlineMs: START_DEADLINE_MS, what: `${server.name} to answer at ${url}` },
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
