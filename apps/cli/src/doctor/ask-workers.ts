import { randomUUID } from 'node:crypto';
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { DoctorInput, DoctorReport } from '@fairlead/contracts';
import { bounded } from '@fairlead/client/internal/connection/bounded';
import type { Session } from '@fairlead/client/internal/connection/session';

/** The workflow itself ends in 20 s, whatever is away. */
const TIMEOUT_MS = 30_000;

/**
 * What only workers can look at.
 * @throws FairleadError where none answers
 */
export function askWorkers(session: Session, input: DoctorInput): Promise<DoctorReport> {
  const call = { what: 'what its workers see', timeoutMs: TIMEOUT_MS };
  return bounded(session, call, () =>
    session.client.workflow.execute<(input: DoctorInput) => Promise<DoctorReport>>(
      WORKFLOW_TYPES.doctor,
      {
        workflowId: `doctor/${randomUUID()}`,
        taskQueue: CONTROL_QUEUE,
        args: [input],
        workflowExecutionTimeout: TIMEOUT_MS,
        staticSummary: 'looks at configuration, clusters, systems and channels',
      },
    ),
  );
}
