import { startMockVendor } from '../../vendors/mock-vendor.ts';
import type { MockVendor, VendorRequest } from '../../vendors/mock-vendor.ts';

/** Longest beginning of an answer that is told on is 200 characters: the secrets come first. */
const BODY_LENGTH = 60;

/**
 * Every vendor in one, and hostile: refuses all, and repeats what it was asked with. Its first answer to an address is
 * a 500, all others are the status. Google's tokens alone it gives, or no push would come.
 */
export async function startEchoVendor(status: 400 | 401 | 403): Promise<MockVendor> {
  const known = new Set<string>();
  return startMockVendor((request) => {
    if (request.path === '/token') return answer(200, token(request));
    const isFirst = !known.has(request.path);
    known.add(request.path);
    return answer(isFirst ? 500 : status, echo(request));
  });
}

function echo({ path, headers, body }: VendorRequest): unknown {
  const address = path.split(/[/=]/).at(-1) ?? '';
  return [headers.authorization, address, decodeURIComponent(address), body.slice(0, BODY_LENGTH)];
}

/** With the assertion, which is a secret too while it is good. */
function token({ body }: VendorRequest): unknown {
  return { access_token: 'ya29.secret-of-the-token-9', expires_in: 3_599, note: body };
}

function answer(status: number, body: unknown) {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}
