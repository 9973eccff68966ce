import type { ConfigProblem } from '../problem.ts';

/** 1 MiB: several hundred times what a real configuration needs. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** What YAML forbids in a stream, but for tab, line feed and carriage return. */

const FORBIDDEN_CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

export type DecodedText = { readonly text: string } | { readonly problem: ConfigProblem };

/** Bytes of a configuration file to text without a byte order mark. */
export function decodeText(bytes: Uint8Array, file: string): DecodedText {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    return refuse('limit', file, 'larger than 1 MiB', { line: 1, column: 1 });
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return refuse('file', file, 'not UTF-8; save the file with that encoding');
  }
  if (text.trim() === '') return refuse('empty-value', file, 'the file is empty');
  const control = FORBIDDEN_CONTROL.exec(text);
  if (control === null) return { text };
  return refuse('syntax', file, 'a control character that no text may hold', {
    ...positionOf(text, control.index),
  });
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuse(
  code: ConfigProblem['code'],
  file: string,
  message: string,
  place: { line: number; column: number } | Record<string, never> = {},
): DecodedText {
  return { problem: { code, file, path: '', message, ...place } };
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
