import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

/** Kubernetes' API as admin, by plain HTTP: a kubectl process costs fifty times as much. */
export interface AdminApi {
  /** @throws Error with the API server's answer, unless it is one of `also`. */
  call<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options?: { readonly body?: object; readonly contentType?: string; readonly also?: number },
  ): Promise<T>;
  close(): void;
}

interface Kubeconfig {
  readonly clusters: readonly [
    {
      readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
    },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** `kubeconfig`: path of one that a test cluster wrote. */
export function createAdminApi(kubeconfig: string): AdminApi {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster;
  const agent = new Agent({ keepAlive: true, ca: Buffer.from(authority, 'base64') });
  const authorization = `Bearer ${users[0].user.token}`;
  return {
    async call<T>(
      method: string,
      path: string,
      {
        body,
        contentType = 'application/json',
        also,
      }: { body?: object; contentType?: string; also?: number } = {},
    ) {
      const { status, text } = await send();
      if (status >= 400 && status !== also) throw new Error(`${method} ${path}: ${status} ${text}`);
      return JSON.parse(text) as T;

      function send(): Promise<{ status: number; text: string }> {
        return new Promise((resolve, reject) => {
          const headers = { authorization, 'content-type': contentType };
          const outgoing = request(server + path, { method, agent, headers }, (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (part: string) => (text += part));
            response.on('end', () => {
              resolve({ status: response.statusCode ?? 0, text });
            });
          });
          outgoing.on('error', reject);
          outgoing.end(body === undefined ? undefined : JSON.stringify(body));
        });
      }
    },
    close() {
      agent.destroy();
    },
  };
}
