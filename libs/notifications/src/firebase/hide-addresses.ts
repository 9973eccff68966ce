/** `"ann b"@example.com`: what stands before the `@` may hold anything. */
const QUOTED = /"[^"]*"(?=@)/gu;
const WORD = /[^\s<>()[\]"',;:=]+/gu;

/** A mail server's words mostly repeat whom it refuses, and receipts hold no address. */
export function hideAddresses(text: string): string {
  return text.replace(QUOTED, '').replace(WORD, (word) => (word.includes('@') ? '[hidden]' : word));
}
