import type { DeploymentInput, GoodComponent, RollbackRequest } from '@fairlead/contracts';
import { rollbackTarget } from '@fairlead/domain';
import type { Ledger } from '@fairlead/domain';

/**
 * A rollback is a deployment of its own: type `rolling`, the images from the ledger. A halted target without a good
 * run in its memory only gets back what the halted deployment had changed.
 */
export function rollbackInput(
  ledger: Ledger,
  { requestId, plan, actor, reason, ci, to }: RollbackRequest,
): DeploymentInput {
  const good = rollbackTarget(ledger, to);
  return {
    deploymentId: requestId,
    kind: 'rollback',
    plan: {
      ...plan,
      ...placeOf(ledger),
      type: 'rolling',
      components: (good?.components ?? []).map(planned),
    },
    actor,
    requestedAt: new Date().toISOString(),
    leftovers: [],
    ...(reason === undefined ? {} : { reason }),
    ...(ci === undefined ? {} : { ci }),
  };
}

/** Where the halted deployment worked, whatever the caller's file says today. */
function placeOf({ halt }: Ledger): { namespace?: string; cluster?: string } {
  return halt === undefined ? {} : { namespace: halt.namespace, cluster: halt.cluster };
}

function planned({
  name,
  workload,
  image,
  containers,
}: GoodComponent): DeploymentInput['plan']['components'][number] {
  return { name, workload, image, after: [], ...(containers === undefined ? {} : { containers }) };
}
