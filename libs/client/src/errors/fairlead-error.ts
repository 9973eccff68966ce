import { isErrorType, mendOf } from './error-type.ts';
import type { FairleadErrorType } from './error-type.ts';
import { EXIT } from './exit.ts';
import type { ExitCode } from './exit.ts';

/** What a person is told, and what the process exits with. `details` stand beside them in `--json`. */
export class FairleadError extends Error {
  override readonly name = 'FairleadError';
  readonly type: FairleadErrorType;
  /** What the command line exits with for it. */
  readonly exitCode: ExitCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    type: FairleadErrorType,
    exitCode: ExitCode,
    message: string,
    options: {
      readonly details?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.exitCode = exitCode;
    this.details = options.details ?? {};
  }

  /** What to do about it, in a sentence. */
  get mend(): string {
    return mendOf(this.type);
  }
}

export function usageError(message: string, details: Readonly<Record<string, unknown>> = {}) {
  return new FairleadError('usage', EXIT.usage, message, { details });
}

/** A word of a newer worker's, which this version does not know, is `refused`, and stands in the details. */
export function refusedError(
  type: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
) {
  const known = isErrorType(type);
  return new FairleadError(known ? type : 'refused', EXIT.refused, message, {
    details: known ? details : { ...details, word: type },
  });
}

export function unreachableError(
  message: string,
  options: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
) {
  return new FairleadError('unreachable', EXIT.unreachable, message, options);
}

const REPORT = [
  'This is a defect of Fairlead, not of your input.',
  "Please report it in the repository's issues, with the command, this message and `fairlead version`.",
  'FAIRLEAD_DEBUG=1 shows the stack.',
].join('\n');

/** Everything that was thrown becomes a `FairleadError`: what nobody foresaw is a defect. */
export function toFairleadError(error: unknown): FairleadError {
  if (error instanceof FairleadError) return error;
  const foreseen = ofConfiguration(error) ?? ofAdapter(error);
  if (foreseen !== undefined) return foreseen;
  const message = error instanceof Error ? error.message : String(error);
  return new FairleadError('defect', EXIT.defect, `${message}\n${REPORT}`, { cause: error });
}

export function withDetails(
  error: FairleadError,
  details: Readonly<Record<string, unknown>>,
): FairleadError {
  return new FairleadError(error.type, error.exitCode, error.message, {
    details: { ...error.details, ...details },
    cause: error.cause,
  });
}

function ofConfiguration(error: unknown): FairleadError | undefined {
  if (!(error instanceof Error) || error.name !== 'ConfigError' || !('problems' in error)) return;
  const { problems, more } = error as Error & {
    readonly problems: unknown;
    readonly more?: unknown;
  };
  const what = isOfCommandLine(problems) ? 'request' : 'configuration';
  return new FairleadError('configuration', EXIT.usage, `The ${what} is wrong:\n${error.message}`, {
    details: { problems, more },
    cause: error,
  });
}

/** Every problem is with a flag, or with one that is missing; none stands in a file. */
function isOfCommandLine(problems: unknown): boolean {
  return (
    Array.isArray(problems) &&
    problems.every(
      ({ path, file }: { readonly path?: unknown; readonly file?: unknown }) =>
        file === undefined && typeof path === 'string' && path.startsWith('--'),
    )
  );
}

/** What our own libraries foresaw. By name: a class may be loaded twice. */
function ofAdapter(error: unknown): FairleadError | undefined {
  if (!(error instanceof Error) || error.name !== 'AdapterError' || !('type' in error)) return;
  const message = error.message.slice(0, 1).toUpperCase() + error.message.slice(1);
  switch (error.type) {
    case 'temporal-unreachable':
      return unreachableError(message, { details: { service: 'temporal' }, cause: error });
    case 'config-invalid':
      return new FairleadError('usage', EXIT.usage, message, { cause: error });
    default:
      return undefined;
  }
}

export function errorDocument(error: FairleadError) {
  return {
    error: {
      type: error.type,
      message: error.message,
      exitCode: error.exitCode,
      ...error.details,
    },
  };
}
