import type { LinkTo } from '../message/message.ts';

/** One project: pushes to its topics, and mail documents for its Trigger Email extension. */
export interface FirebaseOptions {
  readonly projectId: string;
  /** Path of a service account's key, JSON. The content is a secret; it is read anew for every call. */
  readonly credentialsFile: string;
  /** Without `/topics/`. Default: none, and then nothing is pushed. */
  readonly notificationTopics?: readonly string[];
  /** Recipients of the e-mail templates. Default: none, and then no mail is written. */
  readonly emailTo?: readonly string[];
  /**
   * In Google's place, for a proxy or gateway: takes HTTP/1.1 for `/token` and `/v1/projects/<project>/messages:send`,
   * and gRPC (HTTP/2) for Firestore, all on one port. No path: gRPC knows none.
   * A CA of its own is given twice: NODE_EXTRA_CA_CERTS for HTTP, GRPC_DEFAULT_SSL_ROOTS_FILE_PATH for gRPC.
   */
  readonly apiUrl?: string;
  readonly linkTo?: LinkTo;
}
