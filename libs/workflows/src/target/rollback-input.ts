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
      ...placeOf(ledger.halt ?? good),
      type: 'rolling',
      components: (good?.components ?? []).map(planned),
    },
    actor,
    requestedAt: new Date().toISOString(),
    leftovers: [],
    ...(good === undefined ? {} : { goal: good.deploymentId }),
    ...(reason === undefined ? {} : { reason }),
    ...(ci === undefined ? {} : { ci }),
  };
}

/** Where the halted or the good deployment worked, whatever the caller's file says today. */
function placeOf(
  place: { readonly namespace: string; readonly cluster: string } | undefined,
): Partial<Pick<DeploymentInput['plan'], 'namespace' | 'cluster'>> {
  return place === undefined ? {} : { namespace: place.namespace, cluster: place.cluster };
}

function planned({
  name,
  workload,
  image,
  containers,
  after,
}: GoodComponent): DeploymentInput['plan']['components'][number] {
  return { name, workload, image, after, ...(containers === undefined ? {} : { containers }) };
}
