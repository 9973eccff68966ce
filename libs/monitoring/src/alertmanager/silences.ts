import type { Delivery, MessageFacts } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { EventAnswer } from '../monitoring-system.ts';
import { equal, equalOrAbsent, notEqual } from './matcher.ts';
import type { Members } from './members.ts';
import type { PostableSilence } from './wire.ts';

/** Longer than any bucket of the durations; what is deaf for longer hides more than a canary's noise. */
const LONGEST_SILENCE_MS = 2 * 3_600_000;

/** One for each deployment with a canary, from its start to the deployment's end. */
export interface Silences {
  begin(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer>;
  end(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer>;
}

export function createSilences({
  members,
  now,
}: {
  readonly members: Members;
  readonly now: () => Date;
}): Silences {
  return {
    async begin(delivery, signal) {
      const silence = toSilence(delivery);
      if (Date.parse(silence.endsAt) <= now().getTime()) {
        return { state: 'suppressed', detail: 'the silence would have ended by now' };
      }
      return members.first(async (member, limit) => {
        const known = await member.silences([markOf(delivery.facts)], limit);
        // One that has ended as well: this is a repeat, and the canary is over.
        const mine = known.find(({ createdBy }) => createdBy === silence.createdBy);
        const id = mine?.id ?? (await member.postSilence(silence, limit));
        return { state: 'accepted', detail: `silence ${id}` };
      }, signal);
    },
    async end({ facts }, signal) {
      return members.first(async (member, limit) => {
        const known = await member.silences([markOf(facts)], limit);
        const mine = known.filter(
          ({ createdBy, state }) => createdBy === facts.deploymentId && state !== 'expired',
        );
        for (const { id } of mine) await member.deleteSilence(id, limit);
        return mine.length === 0
          ? { state: 'suppressed', detail: 'no silence of this deployment is on' }
          : {
              state: 'accepted',
              detail: `silence removed: ${mine.map(({ id }) => id).join(', ')}`,
            };
      }, signal);
    },
  };
}

/**
 * No alert has this label, so it holds back none. A list of silences can be asked for by matcher only, keeps those
 * that ended for five days, and is read to 64 KiB: by this one, a deployment's own is all that is listed.
 */
function markOf({ deploymentId }: MessageFacts) {
  return notEqual('fairlead_deployment', deploymentId);
}

function toSilence({ event, facts }: Delivery): PostableSilence {
  const { deploymentId, environment, application, namespace } = facts;
  const startsAt = event.at;
  return {
    matchers: [
      equal('environment', environment),
      equal('application', application),
      ...(namespace === '' ? [] : [equalOrAbsent('namespace', namespace)]),
      // What we say of the deployment itself is no noise.
      notEqual('managed_by', 'fairlead'),
      markOf(facts),
    ],
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + LONGEST_SILENCE_MS).toISOString(),
    createdBy: deploymentId,
    comment: cleanText(`Canary of ${application} in ${environment}; removed when it ends`),
  };
}
