import type { TeamsOptions } from './options.ts';

/** Shorter than any signature or key, longer than the words of a webhook's path. */
const SECRET_LENGTH = 16;

/** Where messages go; undefined when the two make no address that can be called. */
export function addressOf({
  webhookUrl,
  apiUrl,
}: Pick<TeamsOptions, 'webhookUrl' | 'apiUrl'>): string | undefined {
  const webhook = parse(webhookUrl);
  if (webhook === undefined || apiUrl === undefined) return webhook?.href;
  return parse(apiUrl.replace(/\/+$/, '') + webhook.pathname + webhook.search)?.href;
}

/** An answer may repeat the address, or its signature alone: each part that could be a key is taken out. */
export function hideSecrets(text: string, address: string): string {
  const { pathname, search, searchParams } = new URL(address);
  return [...(pathname + search).split(/[/?&=]/), ...searchParams.values()]
    .filter((part) => part.length >= SECRET_LENGTH)
    .sort((one, other) => other.length - one.length)
    .reduce((hidden, part) => hidden.replaceAll(part, '[hidden]'), text);
}

/** A user and a password in it are refused by `fetch`, in words that repeat them. */
function parse(text: string): URL | undefined {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : undefined;
}
