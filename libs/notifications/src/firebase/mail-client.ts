import { AdapterError } from '@fairlead/contracts';
import type { CollectionReference, Firestore } from 'firebase-admin/firestore';
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
  /**
   * A document with what the extension has written into it; absent where there is none.
   * @throws AdapterError as `create` does
   */
  read(id: string, signal: AbortSignal): Promise<GrpcAnswer & { readonly document?: object }>;
}

export function createMailClient(
  { projectId, credentialsFile, apiUrl }: FirebaseOptions,
  tokens: AccessTokens,
): MailClient {
  let database: Promise<Firestore> | undefined;

  async function call<Given extends object>(
    signal: AbortSignal,
    work: (mails: CollectionReference) => Promise<Given>,
  ): Promise<GrpcAnswer & Partial<Given>> {
    const gateway = apiUrl === undefined ? undefined : toGateway(apiUrl);
    const account = await readServiceAccount(credentialsFile);

    async function callBy(token: string): Promise<GrpcAnswer & Partial<Given>> {
      database ??= openDatabase({ projectId, gateway, account }).catch((error: unknown) => {
        database = undefined;
        throw error;
      });
      const mails = (await database).collection(COLLECTION);
      try {
        const given = await attemptGrpc({ token, signal }, () => work(mails));
        return { code: 'OK', text: '', ...given };
      } catch (error) {
        if (signal.aborted && signal.reason instanceof AdapterError) throw signal.reason;
        const failure = grpcFailureOf(error);
        if (failure === undefined) {
          const what = `${FIREBASE_MAIL}: the library refuses the document`;
          throw new AdapterError('vendor-rejected', what);
        }
        const code = judgeGrpc(FIREBASE_MAIL, failure);
        // Without what only an answer that is good has.
        return { code, text: hideToken(failure.details, token) } as GrpcAnswer & Partial<Given>;
      }
    }

    const isRefused = ({ code }: GrpcAnswer) => code === 'UNAUTHENTICATED';
    return withToken(tokens, { account, gateway, signal, send: callBy, isRefused });
  }

  return {
    create: (id, document, signal) =>
      call(signal, async (mails) => {
        await mails.doc(id).create({ ...document });
        return {};
      }),
    read: (id, signal) =>
      call(signal, async (mails) => {
        const document = (await mails.doc(id).get()).data();
        return document === undefined ? {} : { document };
      }),
  };
}
