/** An error in a log line: what, and where in the code. A cause is told by name only: it may hold what was removed. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : undefined;
  return {
    name: error.name,
    ...(type === undefined ? {} : { type }),
    message: error.message,
    frames: framesOf(error),
    ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
  };
}

function framesOf(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, 10).map((line) => line.trim());
}
