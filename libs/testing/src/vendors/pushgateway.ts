import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';

export interface MockPushgateway extends MockVendor {
  readonly username: string;
  readonly password: string;
  /** The body of each group, by its path. */
  readonly groups: ReadonlyMap<string, string>;
}

const USERNAME = 'fairlead';
const PASSWORD = 'password-of-pushgateway';
const GROUP = /^\/metrics\/job\/[^/]+(?:\/[a-z_]+(?:@base64)?\/[^/]+)*$/;

/** Behind basic authentication, as 1.5.1 answers: the real one has no accounts, and never misbehaves. */
export async function startMockPushgateway(): Promise<MockPushgateway> {
  const groups = new Map<string, string>();

  function answer({ method, path, headers, body }: VendorRequest): VendorReply {
    const basic = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
    if (headers.authorization !== `Basic ${basic}`) return { status: 401, body: 'Unauthorized' };
    if (method === 'GET' && path === '/api/v1/status') {
      return { status: 200, body: JSON.stringify({ status: 'success', data: {} }) };
    }
    if (!GROUP.test(path)) return { status: 400, body: 'odd number of components in label string' };
    if (method === 'DELETE') {
      groups.delete(path);
      return { status: 202 };
    }
    if (method !== 'PUT') return { status: 405 };
    if (!(headers['content-type'] ?? '').startsWith('text/plain; version=0.0.4')) {
      return { status: 400, body: 'no text format 0.0.4' };
    }
    if (!body.endsWith('\n')) return { status: 400, body: 'unexpected end of input stream' };
    groups.set(path, body);
    return { status: 200 };
  }

  const vendor = await startMockVendor(answer);
  return { ...vendor, username: USERNAME, password: PASSWORD, groups };
}
