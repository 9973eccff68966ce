const ERROR_WORDS = /error|exception|fail/i;

/** Whether the body of a success tells of a failure. What it says is up to who made the flow: JSON, a word, nothing. */
export function namesError(body: string): boolean {
  const value = parse(body);
  if (typeof value !== 'object') return ERROR_WORDS.test(body);
  const { error, errors, success, ok, status, statusCode } = value as Record<string, unknown>;
  return (
    holdsSomething(error) ||
    holdsSomething(errors) ||
    success === false ||
    ok === false ||
    (typeof status === 'string' && ERROR_WORDS.test(status)) ||
    [status, statusCode].some((code) => Number(code) >= 400)
  );
}

function holdsSomething(value: unknown): boolean {
  return typeof value === 'object' ? Object.keys(value ?? {}).length > 0 : Boolean(value);
}

function parse(body: string): unknown {
  try {
    return (JSON.parse(body) as unknown) ?? undefined;
  } catch {
    return undefined;
  }
}
