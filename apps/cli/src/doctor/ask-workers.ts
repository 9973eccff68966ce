import { randomUUID } from 'node:crypto';
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { Check, DoctorInput } from '@fairlead/contracts';
import { bounded } from '../temporal/bounded.ts';
import type { Session } from '../temporal/session.ts';
import { unservedQueues } from '../temporal/unserved-queues.ts';

/** The workflow itself ends in 20 s, whatever is away. */
const TIMEOUT_MS = 30_000;

/** What only workers can look at. Nothing where there are none, which is a line of its own. */
export async function askWorkers(session: Session, input: DoctorInput): Promise<readonly Check[]> {
  if ((await unservedQueues(session, [CONTROL_QUEUE])).length > 0) return [];
  const call = { what: 'what its workers see', timeoutMs: TIMEOUT_MS };
  return bounded(session, call, () =>
    session.client.workflow.execute<(input: DoctorInput) => Promise<readonly Check[]>>(
      WORKFLOW_TYPES.doctor,
      {
        workflowId: `doctor/${randomUUID()}`,
        taskQueue: CONTROL_QUEUE,
        args: [input],
        workflowExecutionTimeout: TIMEOUT_MS,
        staticSummary: 'looks at configuration, clusters and systems',
      },
    ),
  );
}
