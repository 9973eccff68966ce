/** An answer may repeat what it was asked with. */
export function hideToken(text: string, token: string): string {
  return text.replaceAll(token, '[hidden]');
}
