import { createHash } from 'node:crypto';
import { canonical } from './json.ts';

/** Enough that no two forms of one thing are ever taken for each other. */
const LENGTH = 12;

/** Of what was written: by it an edit of somebody else is told from an older form of our own. */
export function fingerprintOf(content: unknown): string {
  return shortHash(canonical(content), LENGTH);
}

export function shortHash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
