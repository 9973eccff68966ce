import { parseArgs } from 'node:util';

export interface BenchOptions<Name extends string> {
  readonly counts: Readonly<Record<Name, number>>;
  readonly json: boolean;
}

/** `--<name> N` for each of the counts, which are whole numbers from 1 on, and `--json`. Throws for any other. */
export function benchOptions<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): BenchOptions<Name> {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' } as const])),
    },
  });
  const given = values as Partial<Record<string, string | boolean>>;
  const counts = names.map((name) => {
    const value = Number(given[name] ?? defaults[name]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name}: a number from 1 on`);
    return [name, value] as const;
  });
  return {
    counts: Object.fromEntries(counts) as Record<Name, number>,
    json: given['json'] === true,
  };
}
