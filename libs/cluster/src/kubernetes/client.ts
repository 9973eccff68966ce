import {
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  RequestContext,
  Watch,
} from '@kubernetes/client-node';
import type { KubeConfig } from '@kubernetes/client-node';
import { loadKubeconfig } from './kubeconfig.ts';
import type { ConnectionOptions } from './kubeconfig.ts';

/** The only file that calls with the vendor's client. Bodies stay JSON as they came: typed models would drop fields. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface WatchEnd {
  /** `undefined`: the server closed, or nothing was said for a while. */
  readonly error: { readonly status?: number; readonly message: string } | undefined;
}

export interface Connection {
  /** Throws only when there is no answer. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Resolves once the watch stands, or has ended. */
  watch(
    path: string,
    query: Readonly<Record<string, string>>,
    listeners: {
      readonly event: (type: string, object: unknown) => void;
      readonly end: (end: WatchEnd) => void;
    },
  ): Promise<{ close(): void }>;
  /** Credentials are read anew before the next call. */
  forget(): void;
}

/** Of one call; a slower API server counts as out of reach. */
const CALL_TIMEOUT_MS = 10_000;

type Dispatcher = ReturnType<RequestContext['getDispatcher']>;

export function createConnection(options: ConnectionOptions): Connection {
  const http = new IsomorphicFetchHttpLibrary();
  let current: { readonly config: KubeConfig; dispatcher?: Dispatcher } | undefined;

  function connected() {
    current ??= { config: loadKubeconfig(options) };
    return current;
  }

  function serverOf(config: KubeConfig): string {
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error('the kubeconfig names no cluster');
    return server.replace(/\/$/, '');
  }

  return {
    async send({ method, path, query = {}, body, contentType, accept }) {
      const connection = connected();
      const { config } = connection;
      const context = new RequestContext(serverOf(config) + path, HttpMethod[method]);
      for (const [name, value] of Object.entries(query)) context.setQueryParam(name, value);
      context.setHeaderParam('Accept', accept ?? 'application/json');
      if (body !== undefined) {
        context.setHeaderParam('Content-Type', contentType ?? 'application/json');
        context.setBody(JSON.stringify(body));
      }
      context.setSignal(AbortSignal.timeout(CALL_TIMEOUT_MS));
      await config.applySecurityAuthentication(context);
      // The client makes a connection pool for every call; one is enough, and spares a TLS handshake each.
      connection.dispatcher ??= context.getDispatcher();
      if (connection.dispatcher !== undefined) context.setDispatcher(connection.dispatcher);
      const response = await http.send(context).toPromise();
      return {
        status: response.httpStatusCode,
        headers: response.headers,
        text: await response.body.text(),
      };
    },
    async watch(path, query, { event, end }) {
      const watch = new Watch(connected().config);
      const controller = await watch.watch(path, { ...query }, event, (error: unknown) => {
        end({ error: endError(error) });
      });
      return {
        close() {
          controller.abort();
        },
      };
    },
    forget() {
      current = undefined;
    },
  };
}

/** An end by silence is the client's idle timeout: the connection may be dead, so it is made anew. */
function endError(error: unknown): WatchEnd['error'] {
  if (!(error instanceof Error) || error.name === 'TimeoutError') return undefined;
  const { statusCode } = error as { statusCode?: number };
  const message = error.cause instanceof Error ? error.cause.message : error.message;
  return { message, ...(statusCode === undefined ? {} : { status: statusCode }) };
}
