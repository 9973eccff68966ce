import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** GitHub's header, and that of Flux's `generic-hmac`: both are HMAC-SHA-256 of the body. */
const HEADERS = ['x-hub-signature-256', 'x-signature'] as const;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Whether it has what may be signatures, and nothing else in their place: the body decides. */
export function isSigned(headers: IncomingHttpHeaders): boolean {
  const given = signaturesOf(headers);
  return given.length > 0 && given.every((one) => SIGNATURE.test(one));
}

/** Whether a body is signed with the secret; every signature that it has must be right. */
export function showsSignature(
  headers: IncomingHttpHeaders,
  body: string,
  secret: string,
): boolean {
  const wanted = createHmac('sha256', secret).update(body).digest();
  const given = signaturesOf(headers);
  return (
    given.length > 0 &&
    given.every((one) => {
      const hex = SIGNATURE.exec(one)?.[1];
      return hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), wanted);
    })
  );
}

function signaturesOf(headers: IncomingHttpHeaders): readonly string[] {
  return HEADERS.flatMap((name) => headers[name] ?? []);
}
