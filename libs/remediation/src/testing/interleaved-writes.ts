import type { AuditEntry } from '@fairlead/testing/servers';

export interface Writers {
  /** Users as the API server knows them: one deploys, the other mends. */
  readonly deploying: string;
  readonly mending: string;
}

const WRITES = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** The user's requests that ask for a change, oldest first; also those that were turned down. */
export function writesOf(entries: readonly AuditEntry[], user: string): readonly AuditEntry[] {
  return entries
    .filter(({ user: { username }, verb }) => username === user && WRITES.has(verb))
    .toSorted((a, b) => beganMs(a) - beganMs(b));
}

/** Writes of remediation that were on between the first look and the last write of the one deployment in these entries. */
export function interleavedWrites(
  entries: readonly AuditEntry[],
  { deploying, mending }: Writers,
): string[] {
  const looked = entries.filter(({ user: { username } }) => username === deploying);
  const fromMs = Math.min(...looked.map(beganMs));
  const untilMs = Math.max(...writesOf(entries, deploying).map(endedMs));
  return writesOf(entries, mending)
    .filter((entry) => endedMs(entry) > fromMs && beganMs(entry) < untilMs)
    .map(
      ({ verb, requestURI, requestReceivedTimestamp: at }) =>
        `${at} ${verb} ${requestURI}; a deployment was at work from ${timeOf(fromMs)} to ${timeOf(untilMs)}`,
    );
}

function beganMs({ requestReceivedTimestamp }: AuditEntry): number {
  return Date.parse(requestReceivedTimestamp);
}

function endedMs({ stageTimestamp }: AuditEntry): number {
  return Date.parse(stageTimestamp);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
