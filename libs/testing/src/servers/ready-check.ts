import { readFile } from 'node:fs/promises';
import { request } from 'node:https';

import type { ClusterFiles } from './cluster-files.ts';
import { certificatePath } from './cluster-files.ts';

/** Whether the API server has done all that it does at its start, the default RBAC roles among it. */
export async function isReady(files: ClusterFiles, server: string): Promise<boolean> {
  try {
    const ca = await readFile(certificatePath(files));
    return (await get(`${server}/readyz`, ca, files.tokenOf.admin)) === 'ok';
  } catch {
    // No certificate yet, or a refused connection.
    return false;
  }
}

/** `fetch` takes no certificate authority of one's own. */
function get(url: string, ca: Buffer, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const call = request(url, { ca, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => { resolve(body); }).on('error', reject); // prettier-ignore
    });
    call.on('error', reject).end();
  });
}
