import type { ConfigEntry } from '../interpret/context.ts';
import type { Origin } from '../origin.ts';

/** A value of the plan and where it came from. */
export interface Chosen<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** Answers where a value of the file stands. */
export type OriginLookup = (path: string) => Origin;

/** The places of a loaded configuration's values; a block or list stands where its first value does. */
export function originLookup(entries: readonly ConfigEntry[]): OriginLookup {
  const byPath = new Map(entries.map(({ path, origin }) => [path, origin]));
  return (path) => {
    const exact = byPath.get(path);
    if (exact !== undefined) return exact;
    const below = entries.find(
      (entry) => entry.path.startsWith(`${path}.`) || entry.path.startsWith(`${path}[`),
    );
    return below?.origin ?? { kind: 'default' };
  };
}

export function fromFlag<T>(flag: string, value: T | undefined): Chosen<T> | undefined {
  return value === undefined ? undefined : { value, origin: { kind: 'flag', flag } };
}

export function fromDefault<T>(value: T): Chosen<T> {
  return { value, origin: { kind: 'default' } };
}
