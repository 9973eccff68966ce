import type { Matcher } from './wire.ts';

export function equal(name: string, value: string): Matcher {
  return { name, value, isRegex: false, isEqual: true };
}

export function notEqual(name: string, value: string): Matcher {
  return { ...equal(name, value), isEqual: false };
}

/** What names this value, and what has no such label: a missing label is an empty one. */
export function equalOrAbsent(name: string, value: string): Matcher {
  const literal = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return { name, value: `(${literal})?`, isRegex: true, isEqual: true };
}

/** As the parameter `filter` takes it: `environment="staging"`. */
export function toFilter({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = `${isEqual ? '=' : '!'}${isRegex ? '~' : isEqual ? '' : '='}`;
  const escaped = value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
  return `${name}${operator}"${escaped}"`;
}
