import type { Receipt } from '@fairlead/contracts';
import { listDeployments } from '../temporal/deployments.ts';
import { lookAt } from '../temporal/record.ts';
import type { Session } from '../temporal/session.ts';

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
