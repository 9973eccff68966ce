import { StringDecoder } from 'node:string_decoder';

/** As many as a person reads in a message at night. */
const LINES_KEPT = 20;
/** Longer ones are data. Characters. */
const LINE_LIMIT = 500;

/** The last lines of a stream of any length, in a fixed amount of memory. */
export class Tail {
  private readonly decoder = new StringDecoder('utf8');
  private readonly kept: string[] = [];
  private open = '';

  push(chunk: Buffer): void {
    const [first = '', ...rest] = this.decoder.write(chunk).split('\n');
    this.open = cut(this.open + first);
    for (const line of rest) {
      this.keep(this.open);
      this.open = cut(line);
    }
  }

  /** Oldest first. What a line overwrote of itself, as progress bars do, is left out, and so are empty lines. */
  lines(): readonly string[] {
    return [...this.kept, ...shown(this.open)].slice(-LINES_KEPT);
  }

  private keep(line: string): void {
    this.kept.push(...shown(line));
    if (this.kept.length > LINES_KEPT) this.kept.splice(0, this.kept.length - LINES_KEPT);
  }
}

function cut(line: string): string {
  // Twice the limit: an overwritten part goes away only when the line is whole.
  return line.length > 2 * LINE_LIMIT ? line.slice(-2 * LINE_LIMIT) : line;
}

function shown(line: string): readonly string[] {
  const last = line.replace(/\r$/, '').split('\r').at(-1)?.trimEnd() ?? '';
  return last === '' ? [] : [last.slice(0, LINE_LIMIT)];
}
