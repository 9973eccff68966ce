import {
  startMockFirebase,
  startMockPagerduty,
  startMockSlack,
  startMockTeams,
  startMockTwilio,
} from '@fairlead/testing/vendors';
import type { MockVendor } from '@fairlead/testing/vendors';
import type { Destination } from '../destination.ts';
import { onlyDestination } from '../firebase/fixtures.ts';
import { createPagerduty } from '../pagerduty/pagerduty.ts';
import { createSlack } from '../slack/slack.ts';
import { createSmsDestinations } from '../sms/sms.ts';
import { createTeams } from '../teams/teams.ts';

export type StageName = 'slack' | 'teams' | 'sms' | 'pagerduty' | 'push' | 'mail';

/** A message as a vendor took it. */
interface Sent {
  readonly method: string;
  readonly url: string;
  /** Absent where the mock does not keep them. */
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface Place {
  readonly destination: Destination;
  /** What the vendor took, oldest first. */
  readonly sent: () => readonly Sent[];
  /** A previewed body with its secrets. */
  readonly reveal: (body: unknown) => unknown;
}

export interface PreviewStage {
  readonly on: Readonly<Record<StageName, Place>>;
  readonly secrets: readonly string[];
  stop(): Promise<void>;
}

const ROUTING_KEY = 'K'.repeat(32);
const PHONE = '+15005550199';
export const linkTo = (id: string) => `https://temporal.example.com/deployments/${id}`;
const same = (body: unknown) => body;

/** Every real destination before its mock vendor. */
export async function startPreviewStage(): Promise<PreviewStage> {
  const slack = await startMockSlack();
  const teams = await startMockTeams();
  const twilio = await startMockTwilio();
  const pagerduty = await startMockPagerduty();
  const firebase = await startMockFirebase();
  pagerduty.setRoutingKey(ROUTING_KEY);

  const { accountSid, authToken, fromNumber } = twilio;
  const [sms] = createSmsDestinations({
    ...{ accountSid, authToken, fromNumber, toNumbers: [PHONE], apiUrl: twilio.url, linkTo },
  });
  const project = {
    ...{ projectId: firebase.projectId, credentialsFile: firebase.credentialsFile },
    ...{ apiUrl: firebase.url, linkTo },
  };
  const on = {
    slack: {
      destination: createSlack({
        ...{ name: 'slack', webhookUrl: slack.webhookUrl, postTo: '#deployments', linkTo },
      }),
      sent: () => taken(slack, slack.messages),
      reveal: same,
    },
    teams: {
      destination: createTeams({ webhookUrl: teams.webhookUrl, linkTo }),
      sent: () => taken(teams, teams.messages),
      reveal: same,
    },
    sms: {
      destination: sms!,
      sent: () => taken(twilio, twilio.messages),
      reveal: (body: unknown) => ({ ...(body as object), To: PHONE, From: fromNumber }),
    },
    pagerduty: {
      destination: createPagerduty({
        ...{ keys: { routingKey: ROUTING_KEY }, apiUrl: pagerduty.url, linkTo },
      }),
      sent: () => taken(pagerduty, pagerduty.events),
      reveal: (body: unknown) => ({ ...(body as object), routing_key: ROUTING_KEY }),
    },
    push: {
      destination: onlyDestination({ ...project, notificationTopics: ['deployments'] }),
      sent: () =>
        firebase.fcm.received
          .filter(({ path }) => path !== '/token')
          .map(({ body, path, ...rest }) => ({
            ...{ ...rest, url: firebase.url + path, body: JSON.parse(body) as unknown },
          })),
      reveal: same,
    },
    mail: {
      destination: onlyDestination({ ...project, emailTo: ['ops@example.com'] }),
      sent: () =>
        [...firebase.firestore.documents].map(([path, body]) => ({
          ...{ method: 'create', body },
          url: `${firebase.url}/v1/projects/${firebase.projectId}/databases/(default)/documents/${path}`,
        })),
      reveal: same,
    },
  } satisfies PreviewStage['on'];

  return {
    on,
    secrets: [
      ...[slack.webhookUrl, teams.webhookUrl].map((url) => url.split(/[/=]/).at(-1) ?? url),
      ...[accountSid, authToken, fromNumber, PHONE, ROUTING_KEY],
    ],
    async stop() {
      await Promise.all([slack, teams, twilio, pagerduty, firebase].map((one) => one.stop()));
    },
  };
}

/** What was asked, with the bodies as the mock read them: it keeps only what it took. */
function taken({ url, received }: MockVendor, bodies: readonly unknown[]): readonly Sent[] {
  return received.map(({ method, path, headers }, index) => ({
    ...{ method, url: url + path, headers, body: bodies[index] },
  }));
}
