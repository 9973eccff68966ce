import { randomUUID } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import type { Gateway } from './gateway.ts';
import { transformCall } from './grpc-attempt.ts';
import type { ServiceAccount } from './service-account.ts';

export interface DatabaseOptions {
  readonly projectId: string;
  readonly gateway: Gateway | undefined;
  /** The library wants one, and asks nothing with it: each call brings a token, so a rotated key needs no new connection. */
  readonly account: ServiceAccount;
}

/** Firestore over gRPC: over REST the library takes a repeat for a conflict and tries it again and again. */
export async function openDatabase(options: DatabaseOptions): Promise<Firestore> {
  const { projectId, gateway, account } = options;
  const { initializeApp, cert } = await import('firebase-admin/app');
  const { getFirestore } = await import('firebase-admin/firestore');
  const app = initializeApp({ projectId, credential: cert({ ...account }) }, randomUUID());
  const database = getFirestore(app);
  const settings = {
    // Else every stream that fails is tried again, whatever it said; this one looks at the code.
    gaxServerStreamingRetries: true,
    preferRest: false,
    // The library's own tokens would pass by the gateway.
    auth: {
      getClient: () => Promise.resolve({ getRequestHeaders: () => Promise.resolve(new Headers()) }),
      getUniverseDomain: () => Promise.resolve('googleapis.com'),
    },
    grpcOptions: { 'grpc.callInvocationTransformer': transformCall },
    ...(gateway === undefined
      ? {}
      : { host: gateway.host, port: gateway.port, ssl: !gateway.plain }),
  };
  database.settings(settings);
  return database;
}
