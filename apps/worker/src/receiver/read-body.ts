import type { IncomingMessage } from 'node:http';

/** `cut-off`: the sender left, or was too slow. */
export type Body = { readonly text: string } | 'too-large' | 'cut-off';

/** Reads a body of at most so many bytes; of one that is longer, no more than that. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // What is left can still be let pass.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > maxBytes) return 'too-large';
      chunks.push(bytes);
    }
  } catch {
    return 'cut-off';
  }
  return { text: Buffer.concat(chunks).toString('utf8') };
}
