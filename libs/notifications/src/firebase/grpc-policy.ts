import { AdapterError } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { GrpcFailure } from './grpc-attempt.ts';

/** Longest part of an answer that is told on. */
const QUOTE_LENGTH = 200;
/** Firestore names no time; https://firebase.google.com/docs/firestore/quotas wants it slower. */
const DEFAULT_WAIT_MS = 1_000;

/** In the order of their numbers: https://grpc.io/docs/guides/status-codes/ */
const CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;
export type GrpcCode = (typeof CODES)[number];

/** What a service answered that it will answer again, however often it is asked. */
export interface GrpcAnswer {
  readonly code: GrpcCode;
  readonly text: string;
}

/** The policy of `@fairlead/vendor` in gRPC's words. */
const AGAIN: readonly GrpcCode[] = [
  'CANCELLED',
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
  'ABORTED',
  'INTERNAL',
  'UNAVAILABLE',
];

const MENDS: Partial<Record<GrpcCode, string>> = {
  UNAUTHENTICATED: '; renew its credentials',
  PERMISSION_DENIED: '; give the service account the role roles/datastore.user',
  NOT_FOUND: '; make the project’s Firestore database, (default)',
};

/** @throws AdapterError `vendor-unreachable` or `vendor-throttled`, to be tried again */
export function judgeGrpc(vendor: string, { code }: GrpcFailure): GrpcCode {
  const word = CODES[code] ?? 'UNKNOWN';
  // The text is not told: it quotes addresses.
  if (AGAIN.includes(word)) throw new AdapterError('vendor-unreachable', `${vendor}: ${word}`);
  if (word === 'RESOURCE_EXHAUSTED') {
    const wait = { retryAfterMs: DEFAULT_WAIT_MS };
    throw new AdapterError('vendor-throttled', `${vendor} answered ${word}`, wait);
  }
  return word;
}

export function grpcRejection(vendor: string, { code, text }: GrpcAnswer): AdapterError {
  const quote = cleanText(text, QUOTE_LENGTH);
  return new AdapterError(
    'vendor-rejected',
    `${vendor} answered ${code}${quote === '' ? '' : `: ${quote}`}${MENDS[code] ?? ''}`,
  );
}
