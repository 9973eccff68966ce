import type { Position } from './origin.ts';

export type ProblemCode =
  | 'file'
  | 'syntax'
  | 'unsupported'
  | 'limit'
  | 'duplicate-key'
  | 'empty-value'
  | 'unknown-key'
  | 'missing'
  | 'type'
  | 'value'
  | 'variable-not-set'
  | 'variable-empty'
  | 'variable-form'
  | 'secret'
  | 'secret-file-absent'
  | 'reference'
  | 'flag';

/** One thing that is wrong with a configuration. Holds no secret, no variable's value and no excerpt of the source. */
export interface ConfigProblem {
  readonly code: ProblemCode;
  /** Absent for what stands in no file, such as a flag. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** `canary.steps[2].weight`; empty for the file as a whole. */
  readonly path: string;
  readonly expected?: string;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
  /** The variable that is not set or empty. */
  readonly variable?: string;
}

/** Past this many, more of the same helps nobody. */
const MAX_PROBLEMS = 100;

/** Collects problems so that all of a file's errors come at once. */
export class ProblemList {
  readonly items: ConfigProblem[] = [];
  #dropped = 0;

  add(problem: ConfigProblem): void {
    if (this.items.length >= MAX_PROBLEMS) {
      this.#dropped += 1;
      return;
    }
    this.items.push(problem);
  }

  /** How many were left out beyond the first hundred. */
  get dropped(): number {
    return this.#dropped;
  }

  get isFull(): boolean {
    return this.items.length >= MAX_PROBLEMS;
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }
}

/** The fields of a problem that say where it stands. */
export function placeOf(position: Position): Position {
  return { file: position.file, line: position.line, column: position.column };
}
