import type { Receipt } from '@fairlead/contracts';
import { listDeployments } from '@fairlead/client/internal/deployments/list-deployments';
import { lookAt } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';

/** Of all targets together; each is asked for its own. */
const DEPLOYMENTS = 50;

/** Of the latest deployments, however old. */
export async function latestReceipts(session: Session): Promise<readonly Receipt[]> {
  const latest = await listDeployments(session, { limit: DEPLOYMENTS });
  const looks = await Promise.all(
    latest.map(({ deploymentId }) =>
      lookAt(session, deploymentId, { thorough: true, vendors: 'now' }),
    ),
  );
  return looks.flatMap(({ record }) => record.deliveries);
}
