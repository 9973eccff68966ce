import { countCharacters } from './secret.ts';
import { isKnownKey, nearestKnownKey } from './schema/known-keys.ts';

/** Steps from the top of a configuration to a value: keys and list places. */
export type KeyPath = readonly (string | number)[];

/** Blocks whose keys are names that people choose. */
const NAMED_BLOCKS: readonly (string | number | undefined)[] = ['environments', 'roles'];
const NAME_LIKE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** `canary.steps[2].weight`. A key that may be anything is described, since a secret may have slipped into its place. */
export function formatPath(path: KeyPath): string {
  return path.reduce<string>((text, step, index) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const isName = index === 1 && NAMED_BLOCKS.includes(path[0]);
    const key = isName && NAME_LIKE.test(step) ? step : showKey(step);
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** A key as it is where it is, or is nearly, one of ours; else its length. */
export function showKey(key: string): string {
  if (isKnownKey(key) || nearestKnownKey(key) !== undefined) return key;
  return `(a key of ${countCharacters(key)})`;
}
