import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import type { EventAnswer, EventSink, MonitoringSystem } from '../monitoring-system.ts';
import { createAlerts } from './alerts.ts';
import { ALERTMANAGER, createAlertmanagerClient } from './client.ts';
import { equal } from './matcher.ts';
import { createMembers } from './members.ts';
import type { AlertmanagerOptions } from './options.ts';
import { createSilences } from './silences.ts';

/** A third of what one delivery may take: a member that hangs must not take the others' time. */
const MEMBER_TIMEOUT_MS = 3_000;

const ALERT_KINDS: readonly NotifiedKind[] = [
  'deployment-failed',
  'rollback-completed',
  'deployment-completed',
];

/**
 * Alertmanager, told at once of what the rules find out after a scrape and an evaluation. Where a failure is put right
 * within the `group_wait` of its route, it tells nobody.
 */
export function createAlertmanager(
  options: AlertmanagerOptions,
  now: () => Date = () => new Date(),
): Required<Pick<MonitoringSystem, 'name' | 'events' | 'reach'>> {
  const { urls, username, password, silence = false, memberTimeoutMs } = options;
  const account = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
  const clients = urls.map((url) => createAlertmanagerClient({ url, ...account }));
  const members = createMembers(clients, memberTimeoutMs ?? MEMBER_TIMEOUT_MS);
  const alerts = createAlerts({ members, options, now });
  const silences = createSilences({ members, now });

  async function send(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer> {
    const { event } = delivery;
    if (event.mark === 'test') return { state: 'suppressed', detail: NO_TEST };
    if (event.kind === 'canary-started') return silences.begin(delivery, signal);
    const answer =
      event.kind === 'deployment-failed'
        ? await alerts.open(delivery, signal)
        : await alerts.resolve(delivery, signal);
    if (!silence || !mayHaveSilence(delivery)) return answer;
    return both(answer, await silences.end(delivery, signal));
  }

  const events: EventSink = {
    kinds: silence ? ['canary-started', ...ALERT_KINDS] : ALERT_KINDS,
    send,
  };
  return {
    name: ALERTMANAGER,
    events,
    async reach(signal) {
      // Of every member, for one that is down loses what the others lose with it; asks for what nobody has.
      const nothing = [equal('managed_by', 'fairlead'), equal('alertname', 'none')];
      await Promise.all(clients.map((client) => client.alerts(nothing, signal)));
    },
  };
}

const NO_TEST =
  'a test: an alert would stand for a failure that was none, or resolve one that stands';

/** The last word of a deployment that may have had a canary. */
function mayHaveSilence({ event, facts }: Delivery): boolean {
  if (facts.type !== 'canary') return false;
  const isLast = event.mark === 'rollback-failed' || facts.outcome === 'failed';
  return event.kind !== 'deployment-failed' || isLast;
}

function both(alert: EventAnswer, silence: EventAnswer): EventAnswer {
  if (silence.state === 'suppressed') return alert;
  const details = [alert.detail, silence.detail].filter((detail) => detail !== undefined);
  return { state: 'accepted', ...(details.length === 0 ? {} : { detail: details.join('; ') }) };
}
