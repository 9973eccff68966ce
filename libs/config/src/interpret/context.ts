import { formatPath } from '../key-path.ts';
import type { KeyPath } from '../key-path.ts';
import type { Origin, Position } from '../origin.ts';
import { placeOf } from '../problem.ts';
import type { ConfigProblem, ProblemCode, ProblemList } from '../problem.ts';
import type { FileReader } from '../source/file-reader.ts';
import type { Environment } from './interpolate.ts';

/** A value that stands by itself: a scalar, or a map or list with nothing in it. */
export type ShownValue = string | number | boolean | Readonly<Record<string, never>> | readonly [];

/** One value for `config show`. Where it is no text to show, `shown` describes it. */
export interface ConfigEntry {
  readonly path: string;
  /** JSON text of the value, or its description in round brackets. */
  readonly shown: string;
  /** Absent where only a description may be shown. */
  readonly value?: ShownValue;
  readonly secret: boolean;
  readonly origin: Origin;
}

/** What interpreting a file needs and gathers. */
export interface InterpretContext {
  readonly environment: Environment;
  readonly readFile: FileReader;
  /** Makes a path absolute that a file names: relative to that file's folder. */
  readonly resolvePath: (path: string, position: Position) => string;
  readonly problems: ProblemList;
  readonly warnings: ProblemList;
  readonly entries: ConfigEntry[];
  /** Absolute paths of the secret, key and template files that were looked into. */
  readonly secretFiles: Set<string>;
  /** Paths of the blocks that are switched off. */
  readonly off: string[];
  /** Inside a block that is switched off: variables and secrets are not needed. */
  readonly lenient: boolean;
}

export interface Finding {
  readonly code: ProblemCode;
  readonly position: Position;
  readonly path: KeyPath;
  readonly message: string;
  readonly expected?: string;
  readonly variable?: string;
}

export function reportProblem(context: InterpretContext, finding: Finding): undefined {
  context.problems.add(toProblem(finding));
  return undefined;
}

export function reportWarning(context: InterpretContext, finding: Finding): void {
  context.warnings.add(toProblem(finding));
}

function toProblem({ code, position, path, message, expected, variable }: Finding): ConfigProblem {
  return {
    code,
    ...placeOf(position),
    path: formatPath(path),
    ...(expected === undefined ? {} : { expected }),
    message,
    ...(variable === undefined ? {} : { variable }),
  };
}
