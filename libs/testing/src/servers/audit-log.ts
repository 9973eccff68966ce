import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';

/** What tests ask of an audit event. https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event */
export interface AuditEntry {
  level: 'Metadata' | 'RequestResponse';
  verb: string;
  requestURI: string;
  user: { username: string; groups?: string[] };
  userAgent?: string;
  objectRef?: {
    resource: string;
    subresource?: string;
    namespace?: string;
    name?: string;
    apiGroup?: string;
  };
  responseStatus?: { code: number; reason?: string };
  /** With writes only: the body as it was sent, a patch for one. */
  requestObject?: unknown;
  responseObject?: unknown;
  requestReceivedTimestamp: string;
  stageTimestamp: string;
  annotations?: Record<string, string>;
}

/** Which requests: of one user, to one namespace. */
export interface AuditFilter {
  readonly user?: string;
  readonly namespace?: string;
}

export interface AuditLog {
  readonly path: string;
  /** Bytes of it that were there before: what they tell of is of no interest, and they may be many. */
  readonly skip: number;
}

/** The requests that are done, oldest first. One that was just answered may be missing for a moment: poll. */
export async function readAuditLog(
  { path, skip }: AuditLog,
  { user, namespace }: AuditFilter = {},
): Promise<AuditEntry[]> {
  const log = await text(createReadStream(path, { start: skip }));
  // What was skipped may end within a line, and what follows the last line feed is still being written.
  const begin = skip === 0 ? 0 : log.indexOf('\n') + 1;
  const lines = log.slice(begin, log.lastIndexOf('\n') + 1).split('\n');
  return lines
    .filter((line) => line !== '' && line.includes(namespace ?? '') && line.includes(user ?? ''))
    .map((line) => JSON.parse(line) as AuditEntry)
    .filter(
      (entry) =>
        (user === undefined || entry.user.username === user) &&
        (namespace === undefined || entry.objectRef?.namespace === namespace),
    );
}

/** Reads are told apart by user and object, writes are kept whole. One event for each request, at its end. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  omitManagedFields: true,
  rules: [
    {
      level: 'RequestResponse',
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    },
    { level: 'Metadata' },
  ],
};
