import { AdapterError } from '@fairlead/contracts';
import type { Firestore } from 'firebase-admin/firestore';
import type { AccessTokens } from './access-token.ts';
import { openDatabase } from './database.ts';
import { toGateway } from './gateway.ts';
import { attemptGrpc, grpcFailureOf } from './grpc-attempt.ts';
import { judgeGrpc } from './grpc-policy.ts';
import type { GrpcAnswer } from './grpc-policy.ts';
import { hideToken } from './hide-token.ts';
import type { MailDocument } from './mail-document.ts';
import { COLLECTION } from './mail-request.ts';
import type { FirebaseOptions } from './options.ts';
import { readServiceAccount } from './service-account.ts';
import { withToken } from './with-token.ts';

/** Names the destination in receipts and errors. */
export const FIREBASE_MAIL = 'firebase:mail';

export interface MailClient {
  /**
   * Writes a document that is not there yet.
   * @throws AdapterError what may be tried again, and what is wrong with the key; what Firestore refuses is an answer
   */
  create(id: string, document: MailDocument, signal: AbortSignal): Promise<GrpcAnswer>;
}

export function createMailClient(
  { projectId, credentialsFile, apiUrl }: FirebaseOptions,
  tokens: AccessTokens,
): MailClient {
  let database: Promise<Firestore> | undefined;

  return {
    async create(id, document, signal) {
      const gateway = apiUrl === undefined ? undefined : toGateway(apiUrl);
      const account = await readServiceAccount(credentialsFile);

      async function createBy(token: string): Promise<GrpcAnswer> {
        database ??= openDatabase({ projectId, gateway, account }).catch((error: unknown) => {
          database = undefined;
          throw error;
        });
        const reference = (await database).collection(COLLECTION).doc(id);
        try {
          await attemptGrpc({ token, signal }, () => reference.create({ ...document }));
          return { code: 'OK', text: '' };
        } catch (error) {
          if (signal.aborted && signal.reason instanceof AdapterError) throw signal.reason;
          const failure = grpcFailureOf(error);
          if (failure === undefined) {
            const what = `${FIREBASE_MAIL}: the library refuses the document`;
            throw new AdapterError('vendor-rejected', what);
          }
          const code = judgeGrpc(FIREBASE_MAIL, failure);
          return { code, text: hideToken(failure.details, token) };
        }
      }

      const isRefused = ({ code }: GrpcAnswer) => code === 'UNAUTHENTICATED';
      return withToken(tokens, { account, gateway, signal, send: createBy, isRefused });
    },
  };
}
