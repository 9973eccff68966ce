import { AdapterError } from '@fairlead/contracts';
import { GRPC_STATUS, grpcCodeOf, grpcDetailsOf } from './grpc-error.ts';

/** What a failed first call means: refused credentials are the caller's to mend, all else is a server out of reach. */
export function toConnectError(
  error: unknown,
  { address, triedMs }: { readonly address: string; readonly triedMs: number },
): AdapterError {
  const code = grpcCodeOf(error);
  if (code === GRPC_STATUS.unauthenticated || code === GRPC_STATUS.permissionDenied) {
    return new AdapterError(
      'config-invalid',
      `Temporal at ${address} refused the credentials (${grpcDetailsOf(error)}); check TEMPORAL_API_KEY and the TEMPORAL_TLS… variables`,
      { cause: error },
    );
  }
  return new AdapterError(
    'temporal-unreachable',
    `Temporal at ${address} did not answer within ${seconds(triedMs)} s; check that the server runs there, and TEMPORAL_ADDRESS and the TEMPORAL_TLS… variables`,
    { cause: error },
  );
}

function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
