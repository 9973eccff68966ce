import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
import { once } from './once.ts';
import { schemaFault } from './schema-fault.ts';

export interface MockTwilio extends MockVendor {
  readonly accountSid: string;
  readonly authToken: string;
  /** The account's one sender. */
  readonly fromNumber: string;
  /** The messages that it took. */
  readonly messages: readonly TwilioForm[];
  /** Default: `active` and `Full`. */
  setAccount(account: { readonly status: string; readonly type: string }): void;
  /** What every message is from here on, as the carriers say. Default: `queued`. */
  setStatus(status: string, errorCode?: number): void;
}

/** As it is sent: every value is text. */
export interface TwilioForm {
  readonly To: string;
  readonly From: string;
  readonly Body: string;
  readonly ValidityPeriod?: string;
}

const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`;
const AUTH_TOKEN = 'secret-token-of-the-account';
const FROM = '+15005550006';
const VERSION = '2010-04-01';
const PATH = `/${VERSION}/Accounts/${ACCOUNT_SID}/Messages.json`;
const ACCOUNT_PATH = `/${VERSION}/Accounts/${ACCOUNT_SID}.json`;
const MESSAGE = new RegExp(
  `^/${VERSION}/Accounts/${ACCOUNT_SID}/Messages/(SM[0-9a-f]{32})\\.json$`,
);
const LOOKUP = /^\/v2\/PhoneNumbers\/(.+)$/;
/** E.164 with a country and a subscriber: as much as the basic lookup judges of the numbers in tests. */
const REAL = /^\+[1-9]\d{9,14}$/;
const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
const SCHEMA = new URL('../../schemas/twilio/message.schema.json', import.meta.url);

/** Twilio's way to send a message and to ask for one, judged by its schema and answered in its words; accounts and lookups in short. */
export async function startMockTwilio(): Promise<MockTwilio> {
  const validate = schema();
  const messages: TwilioForm[] = [];
  let account = { status: 'active', type: 'Full' };
  let fate: { status: string; error_code: number | null } = { status: 'queued', error_code: null };

  function answer(request: VendorRequest): VendorReply {
    if (request.method === 'GET') return read(request);
    const refused = refuse(request);
    if (refused !== undefined) return refused;
    const form = parseForm(request.body);
    const errors = validate('CreateMessage', form);
    if (errors !== undefined) return problem(400, 21_604, errors);
    const taken = form as unknown as TwilioForm;
    if (taken.From !== FROM) {
      return problem(400, 21_606, `The 'From' phone number ${taken.From} is not yours`);
    }
    messages.push(taken);
    return json(201, checked(queued(taken, messages.length)));
  }

  function checked(message: object): object {
    const wrong = validate('Message', message);
    if (wrong !== undefined) throw new Error(`the mock itself is wrong: ${wrong}`);
    return message;
  }

  function read({ path, headers }: VendorRequest): VendorReply {
    if (headers.authorization !== AUTHORIZATION) return problem(401, 20_003, 'Authenticate');
    if (path === ACCOUNT_PATH) return json(200, { sid: ACCOUNT_SID, ...account });
    const sid = MESSAGE.exec(path)?.[1];
    const count = sid === undefined ? 0 : Number.parseInt(sid.slice(2), 16);
    const sent = messages[count - 1];
    if (sent !== undefined) return json(200, checked({ ...queued(sent, count), ...fate }));
    const number = LOOKUP.exec(path)?.[1];
    if (number === undefined) return problem(404, 20_404, `The resource ${path} was not found`);
    const phone_number = decodeURIComponent(number);
    const valid = REAL.test(phone_number);
    return json(200, { phone_number, valid, validation_errors: valid ? [] : ['TOO_SHORT'] });
  }

  const vendor = await startMockVendor(answer);
  return {
    ...vendor,
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    fromNumber: FROM,
    messages,
    setAccount(given) {
      account = given;
    },
    setStatus(status, errorCode) {
      fate = { status, error_code: errorCode ?? null };
    },
  };
}

function refuse({ method, path, headers }: VendorRequest): VendorReply | undefined {
  if (path !== PATH) return problem(404, 20_404, `The requested resource ${path} was not found`);
  if (method !== 'POST') return problem(405, 20_004, 'Method not allowed');
  if (headers.authorization !== AUTHORIZATION) return problem(401, 20_003, 'Authenticate');
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') {
    return problem(415, 20_007, 'Unsupported media type');
  }
  return undefined;
}

/** A key that is repeated makes a list. */
function parseForm(body: string): Readonly<Record<string, string | readonly string[]>> {
  const query = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(query.keys())].map((key) => {
      const values = query.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function queued({ To, From, Body }: TwilioForm, count: number): object {
  const sid = `SM${count.toString(16).padStart(32, '0')}`;
  const uri = `/${VERSION}/Accounts/${ACCOUNT_SID}/Messages/${sid}`;
  const now = new Date().toUTCString();
  return {
    sid,
    account_sid: ACCOUNT_SID,
    api_version: VERSION,
    body: Body,
    date_created: now,
    date_sent: null,
    date_updated: now,
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: From,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: null,
    status: 'queued',
    subresource_uris: { media: `${uri}/Media.json` },
    to: To,
    uri: `${uri}.json`,
  };
}

function problem(status: number, code: number, message: string): VendorReply {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return json(status, { code, message, more_info, status });
}

function json(status: number, body: object): VendorReply {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}

/** Undefined where the value is valid, else why not. */
const schema = once((): ((definition: string, value: unknown) => string | undefined) => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  return (definition, value) => schemaFault(ajv, `twilio#/$defs/${definition}`, value);
});
