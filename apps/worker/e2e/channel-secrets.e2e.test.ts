import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { Receipt } from '@fairlead/contracts';
import {
  badBlocks,
  configText,
  goodBlocks,
  leaksIn,
  OLD_IMAGE,
  pemLine,
  routedBlock,
  startChannelStage,
  startChannelVendors,
  startEchoVendor,
  unreadableBlocks,
  withVendorAt,
} from '@fairlead/testing/e2e';
import type { ChannelBlocks, ChannelStage, ChannelVendors, Vendor } from '@fairlead/testing/e2e';

/** Named by the loader when they are malformed. */
const FIELDS = [
  ...['slack.webhook_url', 'slack.destinations[0].webhook_url', 'teams.webhook_url'],
  ...['sms.account_sid', 'sms.auth_token', 'sms.from_number', 'sms.to_numbers[0]'],
  ...['pagerduty.api_key', 'pagerduty.routing_key', 'firebase.credentials_file'],
];
const NAMES = ['looked-up', 'routed', 'echo-400', 'echo-401', 'malformed'];
const VENDORS: readonly Vendor[] = ['slack', 'teams', 'twilio', 'pagerduty', 'firebase'];

let stage: ChannelStage;
let vendors: ChannelVendors;
let good: ChannelBlocks;
let directory: string;

beforeAll(async () => {
  stage = await startChannelStage((stateFile) => {
    const workloads = NAMES.map((namespace) => ({ namespace, name: 'api', image: OLD_IMAGE }));
    createSimulatedCluster({ stateFile, seed: { workloads } }).close();
  });
});

afterAll(() => stage.stop());

beforeEach(async () => {
  vendors = await startChannelVendors();
  good = goodBlocks(vendors);
  directory = await mkdtemp(join(tmpdir(), 'fairlead-secrets-'));
});

afterEach(async () => {
  await vendors.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Destination to the states of its receipts, each once, in alphabetical order. */
function statesOf(receipts: readonly Receipt[]): Record<string, string[]> {
  const groups = Object.groupBy(receipts, ({ destination }) => destination);
  return Object.fromEntries(
    Object.entries(groups)
      .filter(([name]) => name !== 'log')
      .map(([name, some = []]) => [name, [...new Set(some.map(({ state }) => state))].sort()]),
  );
}

/** Causes and mends, each once. */
function causesOf(receipts: readonly Receipt[]): string[] {
  const dead = receipts.filter(({ state }) => state === 'dead');
  return [...new Set(dead.map(({ detail }) => detail ?? ''))].sort();
}

/** A key file of this text in place of the private key. */
async function keyFileOf(privateKey: string): Promise<string> {
  const key: unknown = JSON.parse(vendors.firebase.credentials);
  const file = join(directory, 'key.json');
  await writeFile(file, JSON.stringify({ ...(key as object), private_key: privateKey }));
  return file;
}

describe('secrets that are good', () => {
  it.each([
    { name: 'looked-up', pagerduty: () => good.pagerduty },
    { name: 'routed', pagerduty: () => routedBlock(vendors) },
  ])('are found with their vendor and nowhere else: $name', async ({ name, pagerduty }) => {
    const config = configText({ ...good, pagerduty: pagerduty() });

    const { receipts, texts } = await stage.deploy(name, config);

    expect(statesOf(receipts)).toEqual({
      firebase: ['accepted'],
      'firebase:mail': ['accepted'],
      pagerduty: ['accepted', 'suppressed'],
      slack: ['delivered'],
      'slack:releases': ['delivered'],
      'sms:7788': ['accepted', 'suppressed'],
      'sms:9911': ['accepted', 'suppressed'],
      teams: ['accepted'],
    });
    expect(leaksIn(texts, vendors.canaries)).toEqual([]);
    for (const vendor of VENDORS) {
      const [received, bodies] = [vendors.received()[vendor], vendors.bodies()[vendor]];
      const others = vendors.canaries.filter((one) => one.vendor !== vendor);
      const unneeded = vendors.canaries.filter((one) => one.vendor === vendor && !one.inBody);
      expect(leaksIn({ [vendor]: received }, others)).toEqual([]);
      expect(leaksIn({ [vendor]: bodies }, unneeded)).toEqual([]);
    }
  });
});

describe('secrets that a vendor refuses and repeats', () => {
  it.each([
    { status: 400, cause: /^vendor-rejected: .* answered 400/ },
    { status: 401, cause: /^vendor-rejected: .* answered 401.*; renew its credentials/ },
  ] as const)('are told to nobody when it answers $status', async ({ status, cause }) => {
    const echo = await startEchoVendor(status);

    const { receipts, texts } = await stage.deploy(
      `echo-${status}`,
      configText(withVendorAt(good, echo.url)),
    );
    await echo.stop();

    expect(statesOf(receipts)).toEqual({
      firebase: ['dead'],
      pagerduty: ['dead', 'suppressed'],
      slack: ['dead'],
      'slack:releases': ['dead'],
      'sms:7788': expect.arrayContaining(['dead', 'suppressed']),
      'sms:9911': expect.arrayContaining(['dead', 'suppressed']),
      teams: ['dead'],
    });
    for (const told of causesOf(receipts)) expect(told).toMatch(cause);
    expect(leaksIn(texts, vendors.canaries)).toEqual([]);
  });
});

describe('secrets that are malformed', () => {
  it('are told to nobody when the client finds out', async () => {
    const file = await keyFileOf(`-----BEGIN PRIVATE KEY-----\n${pemLine(vendors)}\n`);

    const { receipts, texts } = await stage.deploy(
      'malformed',
      configText(badBlocks(vendors, file)),
    );

    expect(causesOf(receipts)).toEqual([
      expect.stringMatching(
        /^config-invalid: firebase: credentials_file .* malformed; put the key/,
      ),
      expect.stringMatching(/^vendor-rejected: pagerduty: .* api_key, .* is malformed/),
      expect.stringMatching(/^vendor-rejected: slack: .* webhook_url .* without user and password/),
      expect.stringMatching(/^vendor-rejected: slack:releases: .* webhook_url /),
      expect.stringMatching(/^vendor-rejected: sms:7788 answered 401: .*; renew its credentials/),
      expect.stringMatching(/^vendor-rejected: sms:9911 answered 401: .*; renew its credentials/),
      expect.stringMatching(/^vendor-rejected: teams: .* webhook_url .* without user and password/),
    ]);
    expect(leaksIn(texts, vendors.canaries)).toEqual([]);
  });

  it('are told to nobody when the loader finds out, at the start or later', async () => {
    const file = join(directory, 'key.json');
    await writeFile(file, pemLine(vendors));
    const broken = configText(unreadableBlocks(vendors, file));

    const start = await stage.refuse(broken);
    const later = await stage.reload(configText(good), broken);

    for (const told of [start, later]) {
      for (const field of FIELDS) expect(told).toContain(field);
      expect(leaksIn({ told }, vendors.canaries)).toEqual([]);
    }
  });
});

describe('the search', () => {
  it('finds each secret in each form, or a leak would not be seen', () => {
    const text = 'k4n4ry+of/the-flow=';
    const basic = Buffer.from(`user:${text}`).toString('base64');
    const forms = [text, encodeURIComponent(text), JSON.stringify({ text }), basic];

    const found = forms.map((form) => leaksIn({ log: `x${form}y` }, vendors.canaries));

    expect(found).toEqual(forms.map(() => ['teams.webhook_url in log']));
  });

  it('finds what a vendor was asked with', async () => {
    await fetch(vendors.slack.webhookUrl);

    expect(leaksIn(vendors.received(), vendors.canaries)).toEqual(['slack.webhook_url in slack']);
  });
});
