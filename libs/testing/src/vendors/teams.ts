import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
import { once } from './once.ts';

export interface MockTeams extends MockVendor {
  readonly webhookUrl: string;
  /** The messages that it took. */
  readonly messages: readonly TeamsMessage[];
}

export interface TeamsMessage {
  readonly attachments: readonly { readonly content: Readonly<Record<string, unknown>> }[];
}

type Judge = (message: TeamsMessage) => string | undefined;

const PATH =
  '/powerautomate/automations/direct/workflows/0f1e2d3c4b5a/triggers/manual/paths/invoke';
const QUERY = 'api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0';
/** https://learn.microsoft.com/connectors/teams: some 28 KB. */
const LIMIT_BYTES = 28 * 1024;
const SCHEMAS = new URL('../../schemas/teams/', import.meta.url);

/**
 * The webhook of a Workflows flow, judged by the schemas of the envelope and of Adaptive Cards. The real one takes
 * any JSON and fails at a bad card later, unseen; this one refuses it. `secret` signs the address.
 */
export async function startMockTeams({
  secret = 'secret-of-the-webhook',
} = {}): Promise<MockTeams> {
  const faultOf = judge();
  const messages: TeamsMessage[] = [];

  function answer({ method, path, headers, body }: VendorRequest): VendorReply {
    const { pathname, search, searchParams } = new URL(path, 'http://vendor');
    if (method !== 'POST' || pathname !== PATH) return refusal(404, 'WorkflowNotFound');
    const signed = searchParams.get('sig') === secret && search.startsWith(`?${QUERY}&`);
    if (!signed || headers.authorization !== undefined) {
      return refusal(401, 'DirectApiAuthorizationRequired');
    }
    if (!(headers['content-type'] ?? '').startsWith('application/json')) {
      return refusal(415, 'UnsupportedMediaType');
    }
    if (Buffer.byteLength(body) > LIMIT_BYTES) return refusal(413, 'RequestEntityTooLarge');
    const message = parse(body);
    if (message === undefined) return refusal(400, 'InvalidRequestContent');
    const fault = faultOf(message);
    if (fault !== undefined) return refusal(400, 'TriggerInputSchemaMismatch', fault);
    messages.push(message);
    return { status: 202 };
  }

  const vendor = await startMockVendor(answer);
  const address = `${vendor.url}${PATH}?${QUERY}&sig=${encodeURIComponent(secret)}`;
  return { ...vendor, webhookUrl: address, messages };
}

const judge = once((): Judge => {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { uri: isUrl, 'uri-reference': isUrl },
  });
  const isMessage = ajv.compile(schema('workflows-webhook-message'));
  const isCard = ajv.compile(schema('adaptive-card'));
  return (message) => {
    if (!isMessage(message)) return ajv.errorsText(isMessage.errors);
    // What is Microsoft Teams' own in a card, the schema of cards does not know.
    const cards = message.attachments.map(({ content: { msteams: _, ...card } }) => card);
    return cards.every((card) => isCard(card)) ? undefined : ajv.errorsText(isCard.errors);
  };
});

/** Also where a reference would do: Teams knows no base to it. */
function isUrl(text: string): boolean {
  return URL.canParse(text);
}

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, SCHEMAS), 'utf8')) as object;
}

function refusal(status: number, code: string, message = code): VendorReply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { code, message } }),
  };
}

function parse(body: string): TeamsMessage | undefined {
  try {
    return JSON.parse(body) as TeamsMessage;
  } catch {
    return undefined;
  }
}
