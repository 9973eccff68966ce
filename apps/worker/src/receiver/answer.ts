/** What a sender is told. */
export interface Answer {
  readonly status: number;
  /** One line; an object as JSON. */
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
