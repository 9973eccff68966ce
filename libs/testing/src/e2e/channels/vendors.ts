import {
  startMockFirebase,
  startMockPagerduty,
  startMockSlack,
  startMockTeams,
  startMockTwilio,
} from '../../vendors/index.ts';
import type {
  MockFirebase,
  MockPagerduty,
  MockSlack,
  MockTeams,
  MockTwilio,
  VendorRequest,
} from '../../vendors/index.ts';
import type { Canary, Vendor } from './leaks.ts';

/** Each of them good, with a secret that no other has. */
export interface ChannelVendors {
  readonly slack: MockSlack;
  readonly teams: MockTeams;
  readonly twilio: MockTwilio;
  readonly pagerduty: MockPagerduty;
  readonly firebase: MockFirebase;
  readonly toNumbers: readonly string[];
  readonly routingKey: string;
  readonly canaries: readonly Canary[];
  /** All that each was asked, and the bodies alone. */
  received(): Readonly<Record<Vendor, string>>;
  bodies(): Readonly<Record<Vendor, string>>;
  stop(): Promise<void>;
}

/** Two phones, whose last four digits name them. */
const TO_NUMBERS = ['+15005557788', '+15005559911'];
const ROUTING_KEY = 'k4n4ryOfTheIntegrationInAll32Chr';

export async function startChannelVendors(): Promise<ChannelVendors> {
  const slack = await startMockSlack({ secret: 'k4n4ryOfSlacksWebhook24' });
  const teams = await startMockTeams({ secret: 'k4n4ry+of/the-flow=' });
  const twilio = await startMockTwilio();
  const pagerduty = await startMockPagerduty();
  const firebase = await startMockFirebase();
  pagerduty.setRoutingKey(ROUTING_KEY);

  function requests() {
    return {
      slack: slack.received,
      teams: teams.received,
      twilio: twilio.received,
      pagerduty: pagerduty.received,
      firebase: firebase.fcm.received,
    };
  }

  /** Of each vendor, what of its requests is asked for; with Firebase's the mail documents, which come by another way. */
  function told(part: (request: VendorRequest) => unknown): Readonly<Record<Vendor, string>> {
    const { documents } = firebase.firestore;
    const entries = Object.entries(requests()).map(([vendor, all]) => [
      vendor,
      JSON.stringify([all.map(part), vendor === 'firebase' ? [...documents] : []]),
    ]);
    return Object.fromEntries(entries) as Record<Vendor, string>;
  }

  return {
    ...{ slack, teams, twilio, pagerduty, firebase },
    ...{ toNumbers: TO_NUMBERS, routingKey: ROUTING_KEY },
    canaries: [
      { field: 'slack.webhook_url', vendor: 'slack', text: 'k4n4ryOfSlacksWebhook24' },
      { field: 'teams.webhook_url', vendor: 'teams', text: 'k4n4ry+of/the-flow=' },
      { field: 'sms.account_sid', vendor: 'twilio', text: twilio.accountSid },
      { field: 'sms.auth_token', vendor: 'twilio', text: twilio.authToken },
      ...[twilio.fromNumber, ...TO_NUMBERS].map((number) => ({
        ...({ field: `sms number ${number}`, vendor: 'twilio', text: number.slice(1) } as const),
        inBody: true as const,
      })),
      { field: 'pagerduty.api_key', vendor: 'pagerduty', text: pagerduty.apiKey },
      { field: 'pagerduty.routing_key', vendor: 'pagerduty', text: ROUTING_KEY, inBody: true },
      { field: 'firebase private key', vendor: 'firebase', text: pemLine({ firebase }) },
      { field: 'firebase access token', vendor: 'firebase', text: 'ya29.secret-of-the-token' },
    ],
    received: () => told((request) => request),
    bodies: () => told(({ body }) => body),
    async stop() {
      await Promise.all([slack, teams, twilio, pagerduty, firebase].map((one) => one.stop()));
    },
  };
}

/** A line of the key itself: without its line breaks it looks like any other text. */
export function pemLine({ firebase }: Pick<ChannelVendors, 'firebase'>): string {
  const { private_key } = JSON.parse(firebase.credentials) as { private_key: string };
  return private_key.split('\n')[3] ?? '';
}
