import { StringDecoder } from 'node:string_decoder';

/** As many as a person reads in a message at night. */
const LINES_KEPT = 20;
/** Longer ones are data. Characters. */
const LINE_LIMIT = 500;
/** Of a line that has no end yet: an overwritten part goes away, and a secret is hidden, only where it is whole. */
const WINDOW = 4 * LINE_LIMIT;

/** The last lines of a stream of any length, in a fixed amount of memory. */
export class Tail {
  private readonly decoder = new StringDecoder('utf8');
  private readonly kept: string[] = [];
  private open = '';
  private readonly mask: (text: string) => string;

  /** `mask` hides secrets in a line, before any of it is cut off. */
  constructor(mask: (text: string) => string = (text) => text) {
    this.mask = mask;
  }

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
    return [...this.kept, ...this.shown(this.open)].slice(-LINES_KEPT);
  }

  private keep(line: string): void {
    this.kept.push(...this.shown(line));
    if (this.kept.length > LINES_KEPT) this.kept.splice(0, this.kept.length - LINES_KEPT);
  }

  private shown(line: string): readonly string[] {
    const last = line.replace(/\r$/, '').split('\r').at(-1)?.trimEnd() ?? '';
    if (last === '') return [];
    const masked = this.mask(last);
    // What begins a line that was cut may be the rest of a secret.
    return [line.length < WINDOW ? masked.slice(0, LINE_LIMIT) : masked.slice(-LINE_LIMIT)];
  }
}

function cut(line: string): string {
  return line.length > WINDOW ? line.slice(-WINDOW) : line;
}
