import { createStyle } from './render/style.ts';
import type { Style } from './render/style.ts';

/** The process's edges. Results go to `out`, all else to `err`, so that stdout can be piped. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  /** Whether stderr is a terminal on which lines can be drawn again. */
  readonly live: boolean;
  readonly outStyle: Style;
  readonly errStyle: Style;
  out(text: string): void;
  err(text: string): void;
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
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
  };
}
