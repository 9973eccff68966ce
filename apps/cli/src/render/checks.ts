import type { Check } from '@fairlead/contracts';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';

/** What stands before each, as wide as the longest. */
const WORDS = { ok: 'ok', warn: 'warn', fail: 'FAIL', skipped: 'skip' } as const;
const WIDTH = 4;

/** A line each; below one that is not well, what to do. */
export function checksText(checks: readonly Check[], style: Style): string {
  const names = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, state, detail, mend }) => [
      `${painted(state, style)}  ${name.padEnd(names)}  ${plain(detail)}`,
      ...(mend === undefined ? [] : [`${' '.repeat(WIDTH + names + 4)}→ ${plain(mend)}`]),
    ])
    .join('\n');
}

function painted(state: Check['state'], style: Style): string {
  const word = WORDS[state].padEnd(WIDTH);
  switch (state) {
    case 'ok':
      return style.green(word);
    case 'warn':
      return style.yellow(word);
    case 'fail':
      return style.red(word);
    case 'skipped':
      return style.dim(word);
  }
}
