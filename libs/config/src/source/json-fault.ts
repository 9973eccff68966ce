const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const SPACE = /[\t\n\r ]*/y;

export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/**
 * Where a text that YAML reads is no JSON, and what to do. `JSON.parse` is the judge, but its message quotes the source
 * and does not always say where. What it lets through beside what YAML says, such as duplicate keys, is told elsewhere.
 */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const offset = faultOffset(text);
    return { offset, message: messageAt(text, offset) };
  }
}

/** Where the first token stands that JSON does not have, or a comma with nothing after it. */
function faultOffset(text: string): number {
  let at = 0;
  let comma: number | undefined;
  for (;;) {
    at = skip(SPACE, text, at);
    const character = text[at];
    if (character === undefined) return comma ?? at;
    if ((character === '}' || character === ']') && comma !== undefined) return comma;
    if (character === ',' && comma !== undefined) return at;
    const next = '{}[]:,'.includes(character) ? at + 1 : skipValue(text, at);
    if (next === at) return at;
    comma = character === ',' ? at : undefined;
    at = next;
  }
}

function skipValue(text: string, at: number): number {
  const afterString = skip(STRING, text, at);
  return afterString > at ? afterString : skip(LITERAL, text, at);
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function messageAt(text: string, offset: number): string {
  const character = text[offset] ?? '';
  if (character === ',') {
    return 'a comma with nothing after it, which JSON does not allow; remove it';
  }
  if (character === '#' || character === '/') {
    return 'JSON has no comments; remove it, or name the file .yaml';
  }
  if (character === "'" || /[\p{L}$_]/u.test(character)) {
    return 'JSON wants this in double quotes; add them, or name the file .yaml';
  }
  return 'a .json file must be JSON, and this is none; correct it, or name the file .yaml';
}
