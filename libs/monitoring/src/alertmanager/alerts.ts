import type { Delivery } from '@fairlead/contracts';
import type { EventAnswer } from '../monitoring-system.ts';
import { isLater, isOurs, targetFilter, toAlert, toResolved } from './alert.ts';
import type { Members } from './members.ts';
import type { AlertmanagerOptions } from './options.ts';
import type { StandingAlert } from './wire.ts';

interface AlertsDeps {
  readonly members: Members;
  readonly options: AlertmanagerOptions;
  readonly now: () => Date;
}

/** The alerts of what is known at once: opened by a failure, resolved by whatever ends well. */
export interface Alerts {
  open(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer>;
  /** Each that a failure before this event opened; a later one stands, whatever arrives late. */
  resolve(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer>;
}

export function createAlerts({ members, options, now }: AlertsDeps): Alerts {
  return {
    async open(delivery, signal) {
      const { event, facts } = delivery;
      const alert = toAlert(delivery, options, now());
      const { answers, missed } = await members.every(async (member, limit) => {
        const standing = await member.alerts(targetFilter(facts), limit);
        const same = standing.find(({ labels }) => isSame(labels, alert.labels));
        if (same?.annotations['event'] === event.id) return 'stands';
        // It would take over the texts of the failure that people look at.
        if (same !== undefined && isLater(same, event.at)) return 'newer';
        await member.postAlerts([alert], limit);
        return 'opened';
      }, signal);
      if (answers.every((answer) => answer === 'newer')) {
        return { state: 'suppressed', detail: joined('covered: a later failure stands', missed) };
      }
      return accepted(missed);
    },
    async resolve(delivery, signal) {
      const { event, facts } = delivery;
      const { answers, missed } = await members.every(async (member, limit) => {
        const standing = await member.alerts(targetFilter(facts), limit);
        const ours = standing.filter((alert) => isOurs(alert, event.at));
        if (ours.length === 0) return 0;
        const resolved = ours.map((alert) => toResolved(alert, delivery, now()));
        await member.postAlerts(resolved, limit);
        return ours.length;
      }, signal);
      if (answers.every((count) => count === 0)) {
        return { state: 'suppressed', detail: joined('no alert of this target stands', missed) };
      }
      return accepted(missed);
    },
  };
}

function accepted(missed: string | undefined): EventAnswer {
  return { state: 'accepted', ...(missed === undefined ? {} : { detail: missed }) };
}

function joined(detail: string, missed: string | undefined): string {
  return missed === undefined ? detail : `${detail}; ${missed}`;
}

function isSame(a: StandingAlert['labels'], b: StandingAlert['labels']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
