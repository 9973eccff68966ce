import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer +(\S+)$/i;

/** Whether a header `Authorization` shows the token; how long that takes says nothing of how much of it is right. */
export function showsToken(header: string | undefined, token: string): boolean {
  const shown = BEARER.exec(header ?? '')?.[1];
  return shown !== undefined && timingSafeEqual(digest(shown), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
