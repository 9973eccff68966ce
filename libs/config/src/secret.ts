import { inspect } from 'node:util';

/**
 * A secret of the configuration. Prints, serialises and inspects as a description; only `reveal` gives the value.
 * One that comes from a file is read anew at each `reveal`, so that a rotated credential needs no restart; a file
 * that cannot be read or does not fit leaves the last good value in force.
 */
export class Secret {
  readonly #source: SecretSource;
  #value: string;

  constructor(value: string, source: SecretSource = {}) {
    this.#value = value;
    this.#source = source;
  }

  /** The value. For the one call that sends it; never for a log, a record or an error. */
  reveal(): string {
    const fresh = this.#source.readAgain?.();
    if (fresh !== undefined) this.#value = fresh;
    return this.#value;
  }

  /** `(secret, 41 characters, from SLACK_WEBHOOK_URL)` */
  describe(): string {
    const from = this.#source.from === undefined ? '' : `, from ${this.#source.from}`;
    return `(secret, ${countCharacters(this.#value)}${from})`;
  }

  toString(): string {
    return this.describe();
  }

  toJSON(): string {
    return this.describe();
  }

  [inspect.custom](): string {
    return this.describe();
  }
}

export interface SecretSource {
  /** The variables or the file that it came from. */
  readonly from?: string;
  /** The file's present value; undefined where it cannot be had or does not fit. */
  readonly readAgain?: () => string | undefined;
}

/** `1 character`, `41 characters`; a pair of surrogates is one. */
export function countCharacters(text: string): string {
  const count = Array.from(text).length;
  return `${count} ${count === 1 ? 'character' : 'characters'}`;
}
