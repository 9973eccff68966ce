import { AdapterError } from '@fairlead/contracts';
import { createVendorCall } from '@fairlead/vendor';
import { signAssertion, TOKEN_URL } from './assertion.ts';
import type { Gateway } from './gateway.ts';
import type { ServiceAccount } from './service-account.ts';

/** In errors; whoever asks, the token is for both. */
const VENDOR = 'firebase';
/** A token that ends sooner is not used: an attempt takes 10 s at most, and clocks differ. */
const MARGIN_MS = 5 * 60_000;

export interface AccessTokens {
  /**
   * One for all calls until it ends, or the key is another.
   * @throws AdapterError what may be tried again; `vendor-rejected` when Google does not take the key
   */
  current(account: ServiceAccount, call: TokenCall): Promise<string>;
  /** Google refused it: the next call asks for another. */
  forget(token: string): void;
}

export interface TokenCall {
  readonly gateway: Gateway | undefined;
  readonly signal: AbortSignal;
}

interface Held {
  readonly privateKey: string;
  readonly token: string;
  /** Unix time. */
  readonly endsAtMs: number;
}

/**
 * Asked for here: firebase-admin 14.5.1 asks past the agent that it is given, tries again by itself and warns on
 * the console.
 */
export function createAccessTokens(): AccessTokens {
  let held: Held | undefined;
  let asked: { readonly privateKey: string; readonly answer: Promise<Held> } | undefined;

  return {
    async current(account, call) {
      const { privateKey } = account;
      if (held?.privateKey === privateKey && held.endsAtMs - MARGIN_MS > Date.now()) {
        return held.token;
      }
      // Those that come while one asks wait for its answer.
      if (asked?.privateKey !== privateKey) {
        const answer = ask(account, call).finally(() => {
          asked = undefined;
        });
        asked = { privateKey, answer };
      }
      held = await asked.answer;
      return held.token;
    },
    forget(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

async function ask(account: ServiceAccount, { gateway, signal }: TokenCall): Promise<Held> {
  const askedAtMs = Date.now();
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: signAssertion(account, askedAtMs),
  });
  const call = createVendorCall(VENDOR, signal);
  // The call has seen what came back.
  await call
    .fetch(gateway === undefined ? TOKEN_URL : `${gateway.origin}/token`, { method: 'POST', body })
    .catch(() => undefined);
  const { status, text } = call.answer();
  const { access_token: token, expires_in: seconds, error } = parse(text);
  if (status !== 200 || typeof token !== 'string' || typeof seconds !== 'number') {
    const why = `answered ${status}${wordOf(error)}`;
    throw new AdapterError(
      'vendor-rejected',
      `${VENDOR}: Google gives no access token, ${why}; renew credentials_file`,
    );
  }
  return { privateKey: account.privateKey, token, endsAtMs: askedAtMs + seconds * 1_000 };
}

/** The word of RFC 6749 §5.2 and nothing else: an answer may repeat the assertion. */
function wordOf(error: unknown): string {
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? `: ${error}` : '';
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
