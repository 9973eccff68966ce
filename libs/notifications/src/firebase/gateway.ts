import { AdapterError } from '@fairlead/contracts';

/** Where calls go in place of Google. */
export interface Gateway {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly hostname: string;
  readonly port: number;
  /** As in a `Host` header. */
  readonly host: string;
  /** Whether it speaks without TLS. */
  readonly plain: boolean;
}

/** @throws AdapterError `config-invalid` for an address with a path, which gRPC cannot carry */
export function toGateway(apiUrl: string): Gateway {
  const { origin, protocol, hostname, port, host, pathname, search } = new URL(apiUrl);
  if (pathname !== '/' || search !== '') {
    throw new AdapterError(
      'config-invalid',
      'firebase: api_url has a path, which gRPC cannot carry; leave scheme, host and port',
    );
  }
  const plain = protocol === 'http:';
  // Node's own form of an IPv6 address has no brackets.
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const defaultPort = plain ? 80 : 443;
  return { origin, hostname: bare, port: port === '' ? defaultPort : Number(port), host, plain };
}
