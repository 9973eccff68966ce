import { readFileSync } from 'node:fs';
import { createServer } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import protobuf from 'protobufjs';
import { once } from './once.ts';

export interface MockFirestore {
  readonly url: string;
  /** What was written, by its path below the database: `mail/<id>`. */
  readonly documents: ReadonlyMap<string, unknown>;
  /** Paths that were asked for, oldest first, whatever was answered. */
  readonly received: readonly string[];
  /** The next calls, one each, are answered so. */
  misbehave(...misbehaviours: readonly GrpcMisbehaviour[]): void;
  /** As the Trigger Email extension does: writes what became of a mail into its document. */
  write(path: string, delivery: MailDelivery): void;
  stop(): Promise<void>;
}

/** As the schema has it. */
interface MailDelivery {
  readonly state: 'PENDING' | 'PROCESSING' | 'RETRY' | 'SUCCESS' | 'ERROR';
  readonly attempts: number;
  readonly error?: string | null;
  /** Addresses by what the mail server said to them. */
  readonly info?: { readonly accepted: readonly string[]; readonly rejected: readonly string[] };
}

type GrpcMisbehaviour = GrpcStatus | 'hang' | 'reset';

interface GrpcStatus {
  /** https://grpc.io/docs/guides/status-codes/ */
  readonly code: number;
  readonly message: string;
}

export interface FirestoreProject {
  readonly projectId: string;
  /** Whether an `Authorization` header is good. */
  takes(authorization: string | undefined): boolean;
}

/** The part that is used of `google.firestore.v1.CommitRequest`, as Protocol Buffers' JSON. */
interface CommitRequest {
  readonly database: string;
  readonly writes: readonly {
    readonly update?: { readonly name: string; readonly fields: Record<string, Value> };
    readonly currentDocument?: { readonly exists?: boolean };
  }[];
}

interface Value {
  readonly stringValue?: string;
  readonly arrayValue?: { readonly values?: readonly Value[] };
  readonly mapValue?: { readonly fields?: Record<string, Value> };
}

/** The part that is used of `google.firestore.v1.BatchGetDocumentsRequest`. */
interface GetRequest {
  readonly database: string;
  readonly documents: readonly string[];
}

const COMMIT = '/google.firestore.v1.Firestore/Commit';
const GET = '/google.firestore.v1.Firestore/BatchGetDocuments';
/** Of a gRPC message: compressed or not, and its length. */
const PREFIX_BYTES = 5;
const SCHEMA = new URL('../../schemas/firebase/mail-document.schema.json', import.meta.url);
const mailSchema = once(() =>
  new Ajv({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
  ),
);

/** Firestore's `Commit` and `BatchGetDocuments` over gRPC, by the Protocol Buffers that Google publishes with its client; takes mail documents only. */
export async function startMockFirestore(project: FirestoreProject): Promise<MockFirestore> {
  const protocol = firestoreProtocol();
  const typeOf = (name: string) => protocol.lookupType(`google.firestore.v1.${name}`);
  const validate = mailSchema();
  const database = `projects/${project.projectId}/databases/(default)`;
  const documents = new Map<string, unknown>();
  const received: string[] = [];
  const queue: GrpcMisbehaviour[] = [];
  const sessions = new Set<ServerHttp2Session>();

  function serve(headers: IncomingHttpHeaders, body: Buffer): GrpcStatus | Buffer {
    const path = headers[':path'];
    if (path !== COMMIT && path !== GET) return { code: 12, message: `unknown method ${path}` };
    if (headers['content-type'] !== 'application/grpc') return { code: 13, message: 'no gRPC' };
    const message = body.subarray(PREFIX_BYTES);
    return path === COMMIT ? commit(headers, message) : get(headers, message);
  }

  function get(headers: IncomingHttpHeaders, message: Buffer): GrpcStatus | Buffer {
    const request = read(typeOf('BatchGetDocumentsRequest'), message) as unknown as GetRequest;
    const [name = '', ...more] = request.documents;
    const at = name.replace(`${database}/documents/`, '');
    received.push(at);
    if (!project.takes(headers.authorization)) return { code: 16, message: 'invalid credentials' };
    if (request.database !== database || at === name) return { code: 5, message: 'no database' };
    if (more.length > 0) return { code: 3, message: 'one document at a time' };
    const document = documents.get(at);
    const times = { createTime: now(), updateTime: now() };
    const found =
      document === undefined ? undefined : { name, fields: fieldsOf(document), ...times };
    const answer = found === undefined ? { missing: name } : { found };
    return encode(typeOf('BatchGetDocumentsResponse'), { ...answer, readTime: now() });
  }

  function commit(headers: IncomingHttpHeaders, message: Buffer): GrpcStatus | Buffer {
    const request = read(typeOf('CommitRequest'), message) as unknown as CommitRequest;
    const [write, ...more] = request.writes;
    const name = write?.update?.name ?? '';
    const at = name.replace(`${database}/documents/`, '');
    received.push(at);
    if (!project.takes(headers.authorization)) return { code: 16, message: 'invalid credentials' };
    if (request.database !== database || at === name) return { code: 5, message: 'no database' };
    if (write?.currentDocument?.exists !== false || more.length > 0) {
      return { code: 3, message: 'a document is created, and alone' };
    }
    const document = toPlain({ mapValue: { fields: write.update?.fields ?? {} } });
    if (!validate(document)) return { code: 3, message: JSON.stringify(validate.errors) };
    if (!/^mail\/[^/]+$/.test(at)) return { code: 3, message: 'no document of the collection' };
    if (documents.has(at)) return { code: 6, message: `Document already exists: ${name}` };
    documents.set(at, document);
    const response = { writeResults: [{ updateTime: now() }], commitTime: now() };
    return encode(typeOf('CommitResponse'), response);
  }

  function answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, body: Buffer): void {
    const misbehaviour = queue.shift();
    if (misbehaviour !== undefined) received.push('');
    if (misbehaviour === 'hang') return;
    if (misbehaviour === 'reset') {
      stream.session?.destroy();
      return;
    }
    const served = misbehaviour ?? serve(headers, body);
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (!Buffer.isBuffer(served)) {
      stream.respond({ ...head, ...trailers(served) }, { endStream: true });
      return;
    }
    if (stream.destroyed) return;
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => {
      stream.sendTrailers(trailers({ code: 0, message: '' }));
    });
    stream.end(Buffer.concat([prefix(served.length), served]));
  }

  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session)).on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      answer(stream, headers, Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    documents,
    received,
    misbehave(...misbehaviours) {
      queue.push(...misbehaviours);
    },
    write(path, delivery) {
      const document = { ...(documents.get(path) as object), delivery };
      documents.set(path, document);
    },
    async stop() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const firestoreProtocol = once((): protobuf.Root => {
  const home = createRequire(import.meta.url).resolve('@google-cloud/firestore/package.json');
  const file = join(dirname(home), 'build/protos/v1.json');
  return protobuf.Root.fromJSON(JSON.parse(readFileSync(file, 'utf8')) as protobuf.INamespace);
});

function read(type: protobuf.Type, message: Buffer): Readonly<Record<string, unknown>> {
  return type.toObject(type.decode(message), { enums: String });
}

function encode(type: protobuf.Type, message: object): Buffer {
  return Buffer.from(type.encode(type.fromObject(message)).finish());
}

function now(): { readonly seconds: number; readonly nanos: number } {
  return { seconds: Math.floor(Date.now() / 1_000), nanos: 0 };
}

function trailers({ code, message }: GrpcStatus) {
  return { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) };
}

function prefix(length: number): Buffer {
  const bytes = Buffer.alloc(PREFIX_BYTES);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

/** A document as its writer had it. */
function toPlain({ stringValue, arrayValue, mapValue }: Value): unknown {
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map(toPlain);
  if (mapValue === undefined) return stringValue;
  const entries = Object.entries(mapValue.fields ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, toPlain(value)]));
}

/** The other way round. */
function fieldsOf(document: unknown): Record<string, object> {
  const entries = Object.entries(document as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, toValue(value)]));
}

function toValue(value: unknown): object {
  if (value === null) return { nullValue: 0 };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toValue) } };
  if (typeof value === 'object') return { mapValue: { fields: fieldsOf(value) } };
  return typeof value === 'number' ? { integerValue: value } : { stringValue: value };
}
