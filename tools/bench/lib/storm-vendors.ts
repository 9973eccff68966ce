import { createDestinations } from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import { startMockSlack, startMockTeams, startMockTwilio } from '@fairlead/testing/vendors';
import type { StormCall } from './storm-verdicts.ts';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface StormOptions {
  /** Whether Slack knows its webhook no more. */
  readonly gone: boolean;
  readonly digestAfterMs: number;
}

export interface StormVendors {
  /** Slack, Teams and one phone, paced as shipped. */
  readonly destinations: readonly Destination[];
  /** What they were asked for so far, and how each ended. */
  readonly calls: readonly StormCall[];
  /** Messages that the vendors have. */
  taken(): number;
  stop(): Promise<void>;
}

export async function startStormVendors({ gone, ...pace }: StormOptions): Promise<StormVendors> {
  const slack = await startMockSlack();
  const teams = await startMockTeams();
  const twilio = await startMockTwilio();
  const calls: StormCall[] = [];
  const { accountSid, authToken, fromNumber, url: apiUrl } = twilio;
  const phone = { accountSid, authToken, fromNumber, toNumbers: ['+15005550009'], apiUrl };
  const webhookUrl = gone ? `${slack.url}/services/T000/B000/gone` : slack.webhookUrl;
  const context = { log: silent };
  const destinations = [
    createDestinations({ channel: 'slack', name: 'slack', webhookUrl, ...pace }, context),
    createDestinations({ channel: 'teams', webhookUrl: teams.webhookUrl, ...pace }, context),
    createDestinations({ channel: 'sms', ...phone, ...pace }, context),
  ];
  return {
    destinations: destinations.flat().map((one) => watched(one, calls)),
    calls,
    taken: () => [slack, teams, twilio].reduce((sum, { messages }) => sum + messages.length, 0),
    async stop() {
      await Promise.all([slack.stop(), teams.stop(), twilio.stop()]);
    },
  };
}

/** Writes down what it was asked for, and how that ended. */
function watched(destination: Destination, calls: StormCall[]): Destination {
  return {
    ...destination,
    async send(delivery, signal) {
      const { name } = destination;
      const startedMs = performance.now();
      let state = 'failed';
      try {
        const answer = await destination.send(delivery, signal);
        state = answer.state;
        return answer;
      } finally {
        const events = delivery.digest?.count ?? 1;
        calls.push({ destination: name, events, startedMs, endedMs: performance.now(), state });
      }
    },
  };
}
