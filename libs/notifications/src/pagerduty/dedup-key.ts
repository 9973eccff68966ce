import { createHash } from 'node:crypto';
import type { MessageFacts } from '@fairlead/contracts';

/** Longest `dedup_key` and `incident_key`, in characters (reference of Events API v2). */
const KEY_LENGTH = 255;

/** Names the target, never the run: the same for every attempt, severity and time, so that it has one incident. */
export function dedupKey({ environment, application }: MessageFacts): string {
  const key = `fairlead/${environment}/${application}`;
  if (key.length <= KEY_LENGTH) return key;
  return `fairlead/sha256/${createHash('sha256').update(key).digest('hex')}`;
}
