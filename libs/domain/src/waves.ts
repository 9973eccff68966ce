export interface Ordered {
  readonly name: string;
  /** Names that must be done before this one; names outside the list are ignored (they are already done). */
  readonly after: readonly string[];
}

export type WaveOrder = { readonly waves: string[][] } | { readonly cycle: string[] };

/** Groups components into waves that can go side by side; a cycle is answered with its members, in order. */
export function orderWaves(components: readonly Ordered[]): WaveOrder {
  const names = new Set(components.map((component) => component.name));
  const waves: string[][] = [];
  const done = new Set<string>();
  while (done.size < components.length) {
    const wave = components
      .filter(
        ({ name, after }) => !done.has(name) && after.every((n) => done.has(n) || !names.has(n)),
      )
      .map(({ name }) => name);
    if (wave.length === 0) return { cycle: findCycle(components, done) };
    waves.push(wave);
    for (const name of wave) done.add(name);
  }
  return { waves };
}

function findCycle(components: readonly Ordered[], done: ReadonlySet<string>): string[] {
  const waiting = new Map(components.filter(({ name }) => !done.has(name)).map((c) => [c.name, c]));
  const path: string[] = [];
  let next = [...waiting.keys()][0];
  while (next !== undefined && !path.includes(next)) {
    path.push(next);
    next = waiting.get(next)?.after.find((name) => waiting.has(name));
  }
  return next === undefined ? path : [...path.slice(path.indexOf(next)), next];
}
