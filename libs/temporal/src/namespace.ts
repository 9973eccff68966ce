import type { Connection } from '@temporalio/client';
import { AdapterError } from '@fairlead/contracts';
import { GRPC_STATUS, grpcCodeOf } from './grpc-error.ts';

/** Throws `config-invalid` with the command to run when the server has no such namespace. */
export async function assertNamespace(
  { workflowService }: Pick<Connection, 'workflowService'>,
  namespace: string,
): Promise<void> {
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (error) {
    // Whoever may not look at it may still work in it: the first poll will tell.
    if (grpcCodeOf(error) !== GRPC_STATUS.notFound) return;
    throw new AdapterError(
      'config-invalid',
      `Temporal has no namespace ${namespace}; set TEMPORAL_NAMESPACE, or run: temporal operator namespace create --namespace ${namespace}`,
      { cause: error },
    );
  }
}
