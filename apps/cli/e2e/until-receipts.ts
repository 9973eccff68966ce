import type { Receipt } from '@fairlead/contracts';
import { waitFor } from '@fairlead/testing/servers';
import type { TemporalVariables } from '@fairlead/testing/servers';
import { connect } from '@fairlead/client/internal/connection/connect';
import { lookAt } from '@fairlead/client/internal/deployments/record';

/** Vendors are asked for the first time after 10 s; a busy machine takes many times that. */
const DEADLINE_MS = 120_000;

/** A look asks for every receipt wherever it is, and has the vendors asked: not too often. */
const POLL_MS = 1_000;

/**
 * Waits as `fairlead deliveries` looks, within this process: a test starts the command itself once they are as wanted.
 */
export async function untilReceipts(
  temporal: TemporalVariables,
  deploymentId: string,
  areWanted: (receipts: readonly Receipt[]) => boolean,
): Promise<void> {
  const session = await connect(temporal);
  let last: readonly Receipt[] = [];
  try {
    await waitFor(
      async () => {
        const { record } = await lookAt(session, deploymentId, { thorough: true, vendors: 'now' });
        last = record.deliveries;
        return areWanted(last);
      },
      {
        ...{ deadlineMs: DEADLINE_MS, pollMs: POLL_MS },
        what: () => `receipts as wanted: ${JSON.stringify(last)}`,
      },
    );
  } finally {
    await session.close();
  }
}
