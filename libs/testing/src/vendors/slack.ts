import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
import { once } from './once.ts';

export interface MockSlack extends MockVendor {
  readonly webhookUrl: string;
  /** A webhook of an app: it refuses what only legacy ones honour. */
  readonly strictWebhookUrl: string;
  /** The payloads that it took. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
}

const SCHEMA = new URL('../../schemas/slack/incoming-webhook.schema.json', import.meta.url);

const schema = once(() =>
  new Ajv({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
  ),
);

/** Slack's incoming webhooks, judged by their schema and answered in Slack's words. `secret` ends both addresses. */
export async function startMockSlack({
  secret = 'secret-of-the-webhook',
} = {}): Promise<MockSlack> {
  const legacy = `/services/T000/B000/${secret}`;
  const strict = `/services/T000/B111/${secret}`;
  const messages: Readonly<Record<string, unknown>>[] = [];
  const vendor = await startMockVendor((request) => {
    const reply = judge(request, { legacy, strict });
    if (reply.status === 200) messages.push(JSON.parse(request.body) as Record<string, unknown>);
    return reply;
  });
  return {
    ...vendor,
    webhookUrl: vendor.url + legacy,
    strictWebhookUrl: vendor.url + strict,
    messages,
  };
}

interface Webhooks {
  readonly legacy: string;
  readonly strict: string;
}

function judge(
  { method, path, headers, body }: VendorRequest,
  { legacy, strict }: Webhooks,
): VendorReply {
  if (method !== 'POST' || ![legacy, strict].includes(path)) {
    return { status: 404, body: 'no_service' };
  }
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    return { status: 400, body: 'invalid_payload' };
  }
  const payload = parse(body);
  const validate = schema();
  if (payload === undefined || !validate(payload)) return { status: 400, body: 'invalid_payload' };
  if (path === strict && ('channel' in payload || 'username' in payload)) {
    return { status: 404, body: 'channel_not_found' };
  }
  return { status: 200, body: 'ok' };
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
