/** The codes that we tell apart. https://grpc.io/docs/guides/status-codes/ */
export const GRPC_STATUS = {
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** The status code of a gRPC error, however deep the SDK wrapped it. */
export function grpcCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'number') return error.code;
  return grpcCodeOf(error.cause);
}

/** The server's own words. */
export function grpcDetailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('details' in error && typeof error.details === 'string') return error.details;
  return error.cause === undefined ? error.message : grpcDetailsOf(error.cause);
}
