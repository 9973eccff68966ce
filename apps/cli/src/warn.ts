import type { ConfigProblem } from '@fairlead/config';
import { renderProblem } from '@fairlead/config';
import type { Io } from './io.ts';
import { plain } from '@fairlead/client/internal/words/plain';

/** What is asked of a configuration that is nowhere is answered by its defaults: that must be seen. */
export function warnOfNoFile(files: readonly string[], io: Io): void {
  if (files.length > 0) return;
  io.err(
    `${io.errStyle.yellow('warning')} no configuration file was read: there is no fairlead.yaml here, nor FAIRLEAD_CONFIG; name the worker’s by --config\n`,
  );
}

/** Doubts about a configuration that is valid. */
export function warnOf(problems: readonly ConfigProblem[], io: Io): void {
  for (const problem of problems) {
    io.err(`${io.errStyle.yellow('warning')} ${plain(renderProblem(problem))}\n`);
  }
}
