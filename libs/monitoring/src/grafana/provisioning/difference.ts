import { cleanText } from '@fairlead/domain/text';
import { covers, isObject, listOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** One line of a terminal. */
const LENGTH = 160;
/** What Grafana counts, what we mark it with, and what is told panel by panel. */
const APART = ['id', 'version', 'tags', 'panels'];

/** What differs between a dashboard and its wanted form, in people's words and on one line. */
export function difference(found: JsonObject, wanted: JsonObject): string {
  const there = titled(found);
  const ours = titled(wanted);
  const parts = [
    ...named(
      'lacks',
      [...ours.keys()].filter((title) => !there.has(title)),
    ),
    ...named(
      'has',
      [...there.keys()].filter((title) => !ours.has(title)),
    ),
    ...named(
      'differs in',
      [...ours]
        .filter(([title, panel]) => there.has(title) && !covers(there.get(title), panel))
        .map(([title]) => title),
    ),
    ...named(
      'other',
      Object.keys(wanted).filter((key) => differs(found, wanted, key)),
    ),
  ];
  return cleanText(parts.length === 0 ? 'details' : parts.join('; '), LENGTH);
}

function differs(found: JsonObject, wanted: JsonObject, key: string): boolean {
  return !APART.includes(key) && !covers(found[key], wanted[key]);
}

function titled(dashboard: JsonObject): ReadonlyMap<string, JsonObject> {
  return new Map(
    listOf(dashboard.panels)
      .filter(isObject)
      .map((panel) => [textOf(panel.title) ?? '', panel]),
  );
}

function named(word: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${word} ${names.join(', ')}`];
}
