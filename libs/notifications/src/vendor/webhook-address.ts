import { AdapterError } from '@fairlead/contracts';

export interface WebhookOptions {
  /** A secret: whoever has it can post. */
  readonly webhookUrl: string;
  /** In the vendor's place: the webhook's path and query are put behind it. */
  readonly apiUrl?: string;
}

/** Shorter than any signature or key, longer than the words of a webhook's path. */
const SECRET_LENGTH = 16;

/**
 * Where a vendor's messages go.
 * @throws AdapterError `vendor-rejected`, without a word of it, when the two make no address that can be called
 */
export function addressOf(vendor: string, { webhookUrl, apiUrl }: WebhookOptions): string {
  const webhook = parse(webhookUrl);
  const address =
    webhook === undefined || apiUrl === undefined
      ? webhook
      : parse(apiUrl.replace(/\/+$/, '') + webhook.pathname + webhook.search);
  if (address !== undefined) return address.href;
  throw new AdapterError(
    'vendor-rejected',
    `${vendor}: no request can be made of webhook_url and api_url; they are http(s) URLs without user and password`,
  );
}

/** An answer may repeat the address, or a part of it alone: each part that could be a key is taken out. */
export function hideSecrets(text: string, address: string): string {
  return partsOf(new URL(address))
    .sort((one, other) => other.length - one.length)
    .reduce((hidden, part) => hidden.replaceAll(part, '[hidden]'), text);
}

/** A vendor's key ends the path or stands in the query, and may be short there: elsewhere only its length tells. */
function partsOf({ pathname, search, searchParams }: URL): string[] {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const sent = search
    .slice(1)
    .split('&')
    .map((pair) => pair.slice(pair.indexOf('=') + 1));
  const short = [...segments.slice(-1), ...sent, ...searchParams.values()];
  const long = [...segments, ...searchParams.keys()].filter((part) => part.length >= SECRET_LENGTH);
  return [pathname + search, ...short, ...long]
    .flatMap((part) => [part, decoded(part), part.replaceAll('&', '&amp;')])
    .filter((part) => part.length > 1);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A user and a password in it are refused by `fetch`, in words that repeat them. */
function parse(text: string): URL | undefined {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : undefined;
}
