export interface Ordered {
  readonly name: string;
  /** Names that must be done before this one; names outside the list are ignored (they are already done). */
  readonly after: readonly string[];
}

export type WaveOrder = { readonly waves: string[][] } | { readonly cycle: string[] };

/** Groups components into waves that can go side by side; a cycle is answered with its members, in order. */
export function orderWaves(components: readonly Ordered[]): WaveOrder {
  const waiting = new Map<string, readonly string[]>();
  for (const { name, after } of components) {
    // A name that stands twice is one component that waits for both lists.
    waiting.set(name, [...(waiting.get(name) ?? []), ...after]);
  }
  const waves: string[][] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, after]) => !after.some((name) => waiting.has(name)));
    if (ready.length === 0) return { cycle: findCycle(waiting) };
    const wave = ready.map(([name]) => name);
    for (const name of wave) waiting.delete(name);
    waves.push(wave);
  }
  return { waves };
}

/** Every one of these waits for another of them, so the walk comes back to where it has been. */
function findCycle(waiting: ReadonlyMap<string, readonly string[]>): string[] {
  const path: string[] = [];
  let next = [...waiting.keys()][0];
  while (next !== undefined && !path.includes(next)) {
    path.push(next);
    next = waiting.get(next)?.find((name) => waiting.has(name));
  }
  return next === undefined ? path : [...path.slice(path.indexOf(next)), next];
}
