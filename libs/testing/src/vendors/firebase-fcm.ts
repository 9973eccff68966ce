import { createVerify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
import { once } from './once.ts';

export interface MockFcm extends MockVendor {
  /** What it took, in the discovery document's own words. */
  readonly messages: readonly FcmMessage[];
  /** Whether an `Authorization` header holds a token that was given and not taken back. */
  takes(authorization: string | undefined): boolean;
  /** Takes every token back. */
  revokeTokens(): void;
  /** One more key of the service account. */
  alsoTrust(publicKey: KeyObject): void;
}

export interface FcmMessage {
  readonly topic: string;
  readonly notification: { readonly title: string; readonly body: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly android?: { readonly collapseKey?: string; readonly [field: string]: unknown };
  readonly apns?: { readonly headers: Readonly<Record<string, string>> };
}

export interface FcmProject {
  readonly projectId: string;
  readonly clientEmail: string;
  /** Of the service account. */
  readonly publicKey: KeyObject;
}

const AUDIENCE = 'https://oauth2.googleapis.com/token';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const LIFETIME_SECONDS = 3_599;
const TOPIC = /^[a-zA-Z0-9\-_.~%]+$/;
/** Of a message to a topic: https://firebase.google.com/docs/cloud-messaging/error-codes */
const TOPIC_BYTES = 2_048;
const APNS_ID_BYTES = 64;
const SCHEMA = new URL('../../schemas/firebase/fcm.schema.json', import.meta.url);
const messageSchema = once(() =>
  new Ajv({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
  ),
);

/** FCM HTTP v1, and the server that gives access tokens for a signed assertion. */
export async function startMockFcm(project: FcmProject): Promise<MockFcm> {
  const validate = messageSchema();
  const messages: FcmMessage[] = [];
  const tokens = new Set<string>();
  const keys = [project.publicKey];
  let given = 0;

  const takes = (authorization: string | undefined): boolean =>
    authorization !== undefined && tokens.has(authorization.replace(/^Bearer /, ''));

  function answer(request: VendorRequest): VendorReply {
    if (request.path === '/token') return giveToken(request);
    if (request.path !== `/v1/projects/${project.projectId}/messages:send`) {
      return failure(404, 'NOT_FOUND', 'Requested entity was not found.');
    }
    if (request.method !== 'POST') return failure(405, 'UNIMPLEMENTED', 'Method Not Allowed');
    if (!takes(request.headers.authorization)) {
      return failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    }
    const message = camelCase(parse(request.body)) as
      { message?: FcmMessage; validateOnly?: boolean } | undefined;
    const fault = faultOf(request, message, validate);
    if (fault !== undefined || message?.message === undefined) {
      return failure(400, 'INVALID_ARGUMENT', fault ?? 'no message');
    }
    if (message.validateOnly === true) {
      return json(200, { name: `projects/${project.projectId}/messages/fake_message_id` });
    }
    messages.push(message.message);
    return json(200, { name: `projects/${project.projectId}/messages/${messages.length}` });
  }

  function giveToken({ method, headers, body }: VendorRequest): VendorReply {
    const form = new URLSearchParams(body);
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (method !== 'POST' || isForm !== true || form.get('grant_type') !== GRANT) {
      return json(400, {
        error: 'unsupported_grant_type',
        error_description: 'Invalid grant_type',
      });
    }
    const assertion = form.get('assertion') ?? '';
    if (!keys.some((key) => isSigned(assertion, { ...project, publicKey: key }))) {
      return json(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
    }
    given += 1;
    const token = `ya29.secret-of-the-token-${given}`;
    tokens.add(token);
    return json(200, { access_token: token, expires_in: LIFETIME_SECONDS, token_type: 'Bearer' });
  }

  const vendor = await startMockVendor(answer);
  return {
    ...vendor,
    messages,
    takes,
    revokeTokens() {
      tokens.clear();
    },
    alsoTrust(publicKey) {
      keys.push(publicKey);
    },
  };
}

/** What FCM refuses beyond its schema. */
function faultOf(
  { headers, body }: VendorRequest,
  request: { message?: FcmMessage } | undefined,
  validate: ValidateFunction,
): string | undefined {
  if (headers['content-type']?.startsWith('application/json') !== true) return 'no JSON';
  if (!validate(request)) return JSON.stringify(validate.errors);
  const { topic, data = {}, apns } = request?.message ?? {};
  if (topic === undefined || !TOPIC.test(topic)) return 'Malformed topic name';
  if (Buffer.byteLength(body) > TOPIC_BYTES) return 'Message too big';
  if (Object.keys(data).some((name) => /^(?:from$|message_type$|google|gcm)/.test(name))) {
    return 'Invalid data payload key';
  }
  const collapseId = apns?.headers['apns-collapse-id'] ?? '';
  return Buffer.byteLength(collapseId) > APNS_ID_BYTES ? 'BadCollapseId' : undefined;
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests */
function isSigned(assertion: string, { clientEmail, publicKey }: FcmProject): boolean {
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  const signed = createVerify('RSA-SHA256').update(`${head}.${claims}`);
  if (!signed.verify(publicKey, signature, 'base64url')) return false;
  const { iss, aud, scope, exp } = parse(Buffer.from(claims, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  return (
    iss === clientEmail &&
    aud === AUDIENCE &&
    String(scope).split(' ').includes(SCOPE) &&
    Number(exp) * 1_000 > Date.now()
  );
}

/** The library writes some names as Protocol Buffers do and a priority in lower case; the service takes both. */
function camelCase(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    // Maps are the sender's own.
    if (name === 'data' || name === 'headers') return [name, inner];
    const known = name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
    return [known, name === 'priority' ? String(inner).toUpperCase() : camelCase(inner)];
  });
  return Object.fromEntries(entries) as unknown;
}

function failure(code: number, status: string, message: string): VendorReply {
  return json(code, { error: { code, message, status } });
}

function json(status: number, body: object): VendorReply {
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  return { status, headers, body: JSON.stringify(body) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
