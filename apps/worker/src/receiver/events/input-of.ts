import type { DeploymentInput } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Reading } from '@fairlead/events';
import type { EventSettings } from '@fairlead/settings';
import type { Place } from './find-place.ts';

/** Longest name of a tool or a person, and longest reason. */
const NAME_LIMIT = 100;
const REASON_LIMIT = 500;
const NO_NAME = 'another tool';

/** How a record begins that an event is the first to tell of: beside its target's lock, for it happens anyway. */
export function inputOf(
  { event, isRollback }: Extract<Reading, { event: unknown }>,
  place: Place,
  settings: EventSettings,
): DeploymentInput {
  const { deployment, at, components = [] } = event;
  const tool = cleanText(event.tool ?? '', NAME_LIMIT) || NO_NAME;
  const actor = cleanText(event.actor ?? '', NAME_LIMIT) || tool;
  const reason = cleanText(event.reason ?? '', REASON_LIMIT);
  const plan = settings.plan(place, {
    ...{ source: 'events', tool, undoable: false, locks: false },
    ...(at === undefined ? {} : { begunAt: at }),
  });
  return {
    ...{ deploymentId: deployment, kind: isRollback === true ? 'rollback' : 'deploy', actor },
    ...(reason === '' ? {} : { reason }),
    ...{ requestedAt: at ?? new Date().toISOString(), leftovers: [] },
    plan: {
      ...plan,
      components: components.map(({ name, image }) => ({ name, workload: name, image, after: [] })),
    },
  };
}
