import { asTyped } from './render/command-name.ts';
import { createStyle } from './render/style.ts';
import type { Style } from './render/style.ts';

/** The process's edges. Results go to `out`, all else to `err`, so that stdout can be piped. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  /** Whether stderr is a terminal on which lines can be drawn again. */
  readonly live: boolean;
  readonly outStyle: Style;
  readonly errStyle: Style;
  /** What is said to a person, on either side: commands in it can be typed as they stand. */
  out(text: string): void;
  err(text: string): void;
  /** For programs: the same wherever it was started from. */
  json(document: unknown): void;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function createIo(options: {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: NodeJS.ProcessEnv;
}): Io {
  const { stdout, stderr, env } = options;
  const colourful = (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return {
    env,
    live: stderr.isTTY === true && env.TERM !== 'dumb',
    outStyle: createStyle(colourful && stdout.isTTY === true),
    errStyle: createStyle(colourful && stderr.isTTY === true),
    out: (text) => void stdout.write(asTyped(text, env)),
    err: (text) => void stderr.write(asTyped(text, env)),
    json: (document) => void stdout.write(`${JSON.stringify(document, undefined, 2)}\n`),
  };
}
