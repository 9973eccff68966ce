import { closeSync, openSync, readSync } from 'node:fs';

/** Reads at most `limit + 1` bytes, so that what is too long shows without being read whole. Throws as `node:fs` does. */
export type FileReader = (path: string, limit: number) => Uint8Array;

/** From the disk; pipes and process substitutions too. */
export function readFileBounded(path: string, limit: number): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    return readUpTo(descriptor, limit + 1);
  } finally {
    closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, size: number): Uint8Array {
  const buffer = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const count = readSync(descriptor, buffer, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ELOOP: 'a loop of links',
};

/** Why a file could not be read, in words of our own. */
export function describeReadFailure(error: unknown): string {
  const code = errorCode(error);
  return REASONS[code] ?? `cannot be read (${code})`;
}

export function isMissingFile(error: unknown): boolean {
  return errorCode(error) === 'ENOENT';
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unknown reason';
  return typeof error.code === 'string' && /^[A-Z0-9_]{2,20}$/.test(error.code)
    ? error.code
    : 'unknown reason';
}
