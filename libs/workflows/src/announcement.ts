import { proxyActivities, setHandler } from '@temporalio/workflow';
import { CONTROL_QUEUE, announcementWorkflowId } from '@fairlead/contracts';
import type { AnnouncementInput, Receipt, SettingsActivities } from '@fairlead/contracts';
import { receiptsQuery } from '@fairlead/contracts/messages';
import { SETTINGS } from './activity-options.ts';
import { Outbox } from './outbox/outbox.ts';
import { wantedOf } from './outbox/wanted.ts';
import { rejection } from './rejection.ts';

/** As long as a program waits for vendors that answer; what is open then is `redelivery`'s. */
const CLOSE_MS = 5_000;

/** Tells what a program says of a deployment. The worker's routes decide who hears of it. */
export async function announcement(input: AnnouncementInput): Promise<readonly Receipt[]> {
  const { requestId, event, facts, to, roles } = input;
  const { settingsSnapshot } = proxyActivities<SettingsActivities>({
    ...SETTINGS,
    taskQueue: CONTROL_QUEUE,
  });
  const settings = await settingsSnapshot({
    environment: facts.environment,
    ...(roles === undefined ? {} : { roles }),
  });
  if (roles !== undefined) refuseUnknown(roles, settings.roles ?? []);
  const [monitoring, notifications] = [to === 'monitoring', to === 'notifications'];
  const wanted = wantedOf(settings, { monitoring, notifications, remediation: false });
  const id = announcementWorkflowId(requestId);
  const outbox = new Outbox(id, wanted);
  setHandler(receiptsQuery, () => outbox.receipts(), {
    description: 'Receipts of what was told',
  });
  outbox.append({ ...event, id: `${id}/${event.kind}` }, facts);
  await outbox.close(CLOSE_MS);
  return outbox.receipts();
}

/** Nobody is told where a name is wrong: the program corrects it, and repeats the request. */
function refuseUnknown(roles: readonly string[], known: readonly string[]): void {
  const unknown = roles.find((role) => !known.includes(role));
  if (unknown === undefined) return;
  const names = known.length === 0 ? 'none' : known.join(', ');
  throw rejection('invalid-request', `There is no role ${unknown}; there are ${names}.`, {
    role: unknown,
    roles: known,
  });
}
