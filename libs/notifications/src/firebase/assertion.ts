import { createSign } from 'node:crypto';
import type { ServiceAccount } from './service-account.ts';

/** Where an assertion is good for, whichever way it goes. */
export const TOKEN_URL = 'https://oauth2.googleapis.com/token';
/** The longest that Google takes. */
const LIFETIME_SECONDS = 3_600;
const SCOPES = [
  'https://www.googleapis.com/auth/firebase.messaging',
  'https://www.googleapis.com/auth/datastore',
].join(' ');

/**
 * What a service account asks for an access token with: a secret while it is good.
 * https://developers.google.com/identity/protocols/oauth2/service-account#jwt-auth
 */
export function signAssertion({ clientEmail, privateKey }: ServiceAccount, nowMs: number): string {
  const iat = Math.floor(nowMs / 1_000);
  const head = { alg: 'RS256', typ: 'JWT' };
  const claims = {
    iss: clientEmail,
    scope: SCOPES,
    aud: TOKEN_URL,
    iat,
    exp: iat + LIFETIME_SECONDS,
  };
  const signed = `${base64url(head)}.${base64url(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

function base64url(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
