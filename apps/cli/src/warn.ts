import type { ConfigProblem } from '@fairlead/config';
import { renderProblem } from '@fairlead/config';
import type { Io } from './io.ts';
import { plain } from './render/plain.ts';

/** Doubts about a configuration that is valid. */
export function warnOf(problems: readonly ConfigProblem[], io: Io): void {
  for (const problem of problems) {
    io.err(`${io.errStyle.yellow('warning')} ${plain(renderProblem(problem))}\n`);
  }
}
