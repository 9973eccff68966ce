import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import {
  configText,
  goodBlocks,
  OLD_IMAGE,
  startChannelStage,
  startChannelVendors,
} from '@fairlead/testing/e2e';
import type { ChannelStage, ChannelVendors, Traces } from '@fairlead/testing/e2e';

const MARKUP = '<!channel> @here *bold* [x](javascript:alert(1)) <script>alert(1)</script>';
const CONTROL =
  '\u001b[31mred\u001b]8;;http://evil.example\u0007 \u202egpj.exe \u0000 \r\nBcc: eve';
const HOSTILE = `${MARKUP} {{DATE(2026-01-01T00:00:00Z,SHORT)}} ${CONTROL}`;
/** Whatever a terminal obeys, and what turns text round. A line feed is a message's own. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

interface Mail {
  readonly message: { readonly subject: string; readonly html: string };
}

let stage: ChannelStage;
let vendors: ChannelVendors;
let traces: Traces;

/** The cluster repeats the image's name in what it says of the failure. */
beforeAll(async () => {
  stage = await startChannelStage((stateFile) => {
    const workloads = [{ namespace: 'hostile', name: 'api', image: OLD_IMAGE }];
    createSimulatedCluster({ stateFile, seed: { workloads } }).close();
  });
  vendors = await startChannelVendors();
  const image = `registry.test/${HOSTILE}:imagepull-2`;
  traces = await stage.deploy('hostile', configText(goodBlocks(vendors)), {
    actor: `ann ${HOSTILE}`,
    reason: `because ${HOSTILE}`,
    image,
  });
});

afterAll(async () => {
  await vendors.stop();
  await stage.stop();
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Every text of what a vendor took. */
function taken(vendor: 'slack' | 'teams' | 'twilio' | 'pagerduty' | 'push' | 'mail'): string[] {
  const { slack, teams, twilio, pagerduty, firebase } = vendors;
  const all = {
    slack: slack.messages,
    teams: teams.messages,
    twilio: twilio.messages,
    pagerduty: pagerduty.events,
    push: firebase.fcm.messages,
    mail: [...firebase.firestore.documents.values()],
  };
  return textsIn(all[vendor]);
}

describe('texts that are hostile', () => {
  it('stop no message, and each receipt is counted', () => {
    expect(traces.receipts.filter(({ state }) => state === 'dead')).toEqual([]);
    expect(traces.texts['metrics']).toMatch(
      /^fairlead_deliveries_total\{.*destination="slack",.*state="delivered".*\} [1-9]/m,
    );
  });

  it.each(['slack', 'teams', 'twilio', 'pagerduty', 'push', 'mail'] as const)(
    'come to %s without a character that anything obeys',
    (vendor) => {
      expect(taken(vendor).some((text) => text.includes('@here'))).toBe(true);
      expect(taken(vendor).filter((text) => OBEYED.test(text))).toEqual([]);
    },
  );

  it('come to Slack as text: no tag is left, and no word is looked at', () => {
    expect(taken('slack').filter((text) => /[<>]/.test(text))).toEqual([]);
    expect(taken('slack').some((text) => text.includes('&lt;!channel&gt;'))).toBe(true);
    expect(JSON.stringify(vendors.slack.messages)).not.toMatch(
      /"type":"mrkdwn",(?!"verbatim":true)/,
    );
  });

  it('come to Teams as text: no tag, emphasis, link or date is left', () => {
    const markdown = /[<>]|(?<!\\)\*bold|(?<!\\)\[x\]|\{\{/;

    expect(taken('teams').filter((text) => markdown.test(text))).toEqual([]);
    expect(taken('teams').some((text) => text.includes('\\*bold'))).toBe(true);
  });

  it('come to PagerDuty without a link of their own', () => {
    for (const event of vendors.pagerduty.events) {
      expect(Object.keys(event)).not.toContain('links');
      expect(Object.keys(event)).not.toContain('client_url');
    }
  });

  it('come into a mail as text: no tag, no link, and a subject of one line', () => {
    const mails = [...vendors.firebase.firestore.documents.values()] as Mail[];

    for (const { message } of mails) {
      expect(message.subject).not.toContain('\n');
      expect(message.html).not.toMatch(/<(?:script|!channel|a )/);
    }
    expect(mails.some(({ message }) => message.html.includes('&lt;script&gt;'))).toBe(true);
  });

  it('come into the log without a character that anything obeys', () => {
    const lines = Object.entries(traces.texts)
      .filter(([place]) => place.startsWith('stderr'))
      .flatMap(([, text]) => text.split('\n'))
      .filter((line) => line.startsWith('{'));
    const told = lines.flatMap((line) => textsIn(JSON.parse(line)));

    expect(told.some((text) => text.includes('@here'))).toBe(true);
    expect(told.filter((text) => OBEYED.test(text))).toEqual([]);
  });
});
