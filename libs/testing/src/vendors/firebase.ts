import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMockFcm } from './firebase-fcm.ts';
import type { MockFcm } from './firebase-fcm.ts';
import { startMockFirestore } from './firebase-firestore.ts';
import type { MockFirestore } from './firebase-firestore.ts';
import { once } from './once.ts';

export interface MockFirebase {
  /** Takes HTTP/1.1 for FCM and the tokens, gRPC for Firestore. */
  readonly url: string;
  readonly projectId: string;
  /** A service account's key as Google makes it, JSON; only this one is given tokens. */
  readonly credentials: string;
  /** Where it is kept. */
  readonly credentialsFile: string;
  /** Puts another content into that file. */
  writeCredentials(content: string): Promise<void>;
  readonly fcm: MockFcm;
  readonly firestore: MockFirestore;
  /** From here on nobody listens. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

const PROJECT = 'fairlead-test';
const EMAIL = `fairlead@${PROJECT}.iam.gserviceaccount.com`;
const RSA_BITS = 2_048;
const keyPair = once(() => generateKeyPairSync('rsa', { modulusLength: RSA_BITS }));
/** https://www.rfc-editor.org/rfc/rfc9113#section-3.4: how HTTP/2 begins. */
const HTTP2_PREFACE = 'PRI * HTTP/2';

/** A project on one port: FCM, the server that gives tokens, and Firestore over gRPC. */
export async function startMockFirebase(): Promise<MockFirebase> {
  const { publicKey, privateKey } = keyPair();
  const fcm = await startMockFcm({ projectId: PROJECT, clientEmail: EMAIL, publicKey });
  const firestore = await startMockFirestore({
    projectId: PROJECT,
    takes: (header) => fcm.takes(header),
  });
  const front = await startFront({ http: fcm.url, grpc: firestore.url });
  const credentials = JSON.stringify({
    type: 'service_account',
    project_id: PROJECT,
    private_key_id: 'a1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: EMAIL,
    token_uri: 'https://oauth2.googleapis.com/token',
  });
  const directory = await mkdtemp(join(tmpdir(), 'fairlead-firebase-'));
  const credentialsFile = join(directory, 'key.json');
  await writeFile(credentialsFile, credentials);
  return {
    url: front.url,
    projectId: PROJECT,
    credentials,
    credentialsFile,
    writeCredentials: (content) => writeFile(credentialsFile, content),
    fcm,
    firestore,
    disconnect: () => front.stop(),
    async stop() {
      await front.stop();
      await Promise.all([fcm.stop(), firestore.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Front {
  readonly url: string;
  stop(): Promise<void>;
}

/** Tells the two protocols apart by their first bytes. */
async function startFront(backends: {
  readonly http: string;
  readonly grpc: string;
}): Promise<Front> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', (first) => {
      const isHttp2 = first.toString('latin1').startsWith(HTTP2_PREFACE.slice(0, first.length));
      const { port } = new URL(isHttp2 ? backends.grpc : backends.http);
      const upstream = connect(Number(port), '127.0.0.1');
      upstream.write(first);
      socket.pipe(upstream).pipe(socket);
      // Who breaks off breaks off both.
      upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy());
      socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    });
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
