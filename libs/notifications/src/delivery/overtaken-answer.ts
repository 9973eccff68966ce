import type { Delivery, TargetLookup } from '@fairlead/contracts';
import type { Answer, Destination } from '../destination.ts';

/** What is told within this is not late: nothing can have come after it. */
const LATE_MS = 10_000;

/**
 * Of what opens something and comes late: a deployment that ran well since has closed it already, and nobody would
 * close it again. Undefined: it goes.
 */
export async function overtakenAnswer(
  { event, facts, digest }: Delivery,
  { closes }: Pick<Destination, 'closes'>,
  {
    targets,
    quiet,
  }: { readonly targets?: TargetLookup | undefined; readonly quiet: { readonly now: () => Date } },
): Promise<Answer | undefined> {
  if (targets === undefined || closes === undefined || digest !== undefined) return undefined;
  if (closes.some((kind) => kind === event.kind)) return undefined;
  if (quiet.now().getTime() - Date.parse(event.at) < LATE_MS) return undefined;
  const { environment, application } = facts;
  const later = await targets.laterSuccess({ environment, application, at: event.at });
  if (later === undefined) return undefined;
  const detail = `covered: deployment ${later} of the same target ran well before this could be told`;
  return { state: 'suppressed', detail };
}
