import { oursOf } from './decide.ts';
import type { Item, Store } from './store.ts';

/** All of ours. A list may be short for a moment, and what it hides would be made again: it is looked at twice. */
export async function lookTwice<Body>(
  store: Store<Body>,
  signal: AbortSignal,
): Promise<readonly Item[]> {
  const first = await store.list(signal);
  const byId = new Map(first.map((item) => [item.id, item]));
  for (const item of await store.list(signal)) byId.set(item.id, item);
  return [...byId.values()];
}

/** Twice only where something seems to be missing. */
export async function look<Body>(
  store: Store<Body>,
  signal: AbortSignal,
): Promise<readonly Item[]> {
  const first = await store.list(signal);
  const isWhole = store.wanted.every(({ key, title }) => oursOf(first, key, title).length > 0);
  if (isWhole) return first;
  const second = await store.list(signal);
  const shown = new Set(second.map(({ id }) => id));
  return [...second, ...first.filter(({ id }) => !shown.has(id))];
}
