import { createHash } from 'node:crypto';

/** Short enough for a line that people see, and long enough for a change that goes by unseen once in 10^19. */
const LENGTH = 16;

/** The same for the same content, in whatever order its fields stand; a field that is null counts as absent. */
export function fingerprintOf(content: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(content)))
    .digest('hex')
    .slice(0, LENGTH);
}

/** Names of the fields that `present` has otherwise than `wanted`; what it has besides, Datadog added. */
export function differences(
  wanted: Readonly<Record<string, unknown>>,
  present: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(wanted).filter((field) => !covers(present[field], wanted[field]));
}

function covers(present: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((one, index) => covers(present[index], one))
    );
  }
  if (!isObject(wanted)) return (present ?? undefined) === (wanted ?? undefined);
  return (
    isObject(present) && Object.entries(wanted).every(([key, one]) => covers(present[key], one))
  );
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.keys(value)
    .sort()
    .filter((key) => value[key] !== null && value[key] !== undefined)
    .map((key) => [key, ordered(value[key])]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
