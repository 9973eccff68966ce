import type { MapEntry, MapNode, SourceNode } from './source-node.ts';

/** Lays a later file over an earlier one: maps merge by key, lists and scalars are replaced whole. */
export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(base.entries);
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key);
    entries.set(key, below === undefined ? entry : mergeEntry(below.value, entry));
  }
  return { kind: 'map', entries, position: over.position };
}

function mergeEntry(below: SourceNode, entry: MapEntry): MapEntry {
  if (below.kind !== 'map' || entry.value.kind !== 'map') return entry;
  return { keyPosition: entry.keyPosition, value: mergeMaps(below, entry.value) };
}
