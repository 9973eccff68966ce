import { createStyle } from './render/style.ts';
import type { Style } from './render/style.ts';

/** The process's edges. Results go to `out`, all else to `err`, so that stdout can be piped. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  /** Whether stderr is a terminal on which lines can be drawn again. */
  readonly live: boolean;
  readonly outStyle: Style;
  readonly errStyle: Style;
  columns(): number;
  out(text: string): void;
  err(text: string): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A terminal that does not say how wide it is. */
const DEFAULT_COLUMNS = 80;

export function createIo(options: {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: NodeJS.ProcessEnv;
}): Io {
  const { stdout, stderr, env } = options;
  const colourful = (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    env,
    live: stderr.isTTY === true && env['TERM'] !== 'dumb',
    outStyle: createStyle(colourful && stdout.isTTY === true),
    errStyle: createStyle(colourful && stderr.isTTY === true),
    columns: () => stderr.columns ?? DEFAULT_COLUMNS,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
  };
}
