export type Environment = Readonly<Record<string, string | undefined>>;

interface VariablePart {
  readonly variable: string;
  readonly fallback?: string;
}

type Template = readonly (string | VariablePart)[];

export type Interpolation =
  | {
      readonly status: 'done';
      readonly text: string;
      /** The variables whose values are in the text; a default that was used is none. */
      readonly variables: readonly string[];
      /** The value is one `${…}` and nothing else, so it may stand for a number or a boolean. */
      readonly whole: boolean;
    }
  | { readonly status: 'ill-formed' }
  | {
      readonly status: 'missing';
      readonly notSet: readonly string[];
      readonly empty: readonly string[];
    };

const VARIABLE = /\$\{([A-Za-z_]\w*)(?::-((?:(?!\$\{)[^}])*))?\}/y;

/** One pass: what a variable brings in is never looked at again. */
export function interpolate(source: string, environment: Environment): Interpolation {
  const template = parseTemplate(source);
  if (template === undefined) return { status: 'ill-formed' };
  const values = template.map((part) => fill(part, environment));
  const missing = values.filter((value): value is Missing => typeof value !== 'string');
  if (missing.length > 0) {
    return {
      status: 'missing',
      notSet: unique(missing.filter(({ reason }) => reason === 'not-set').map(({ name }) => name)),
      empty: unique(missing.filter(({ reason }) => reason === 'empty').map(({ name }) => name)),
    };
  }
  const parts = template.filter((part) => typeof part !== 'string');
  return {
    status: 'done',
    text: values.filter((value) => typeof value === 'string').join(''),
    variables: unique(parts.map((part) => part.variable)).filter((name) =>
      isSet(name, environment),
    ),
    whole: template.length === 1 && parts.length === 1,
  };
}

function parseTemplate(source: string): Template | undefined {
  const parts: (string | VariablePart)[] = [];
  let literal = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('${', at);
    if (open === -1) break;
    if (open > at && source[open - 1] === '$') {
      literal += `${source.slice(at, open - 1)}\${`;
      at = open + 2;
      continue;
    }
    VARIABLE.lastIndex = open;
    const match = VARIABLE.exec(source);
    if (match === null) return undefined;
    literal += source.slice(at, open);
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(toPart(match));
    at = open + match[0].length;
  }
  literal += source.slice(at);
  return literal === '' ? parts : [...parts, literal];
}

function toPart([, variable = '', fallback]: RegExpExecArray): VariablePart {
  return fallback === undefined ? { variable } : { variable, fallback };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

interface Missing {
  readonly name: string;
  readonly reason: 'not-set' | 'empty';
}

function fill(part: string | VariablePart, environment: Environment): string | Missing {
  if (typeof part === 'string') return part;
  if (isSet(part.variable, environment)) return environment[part.variable] ?? '';
  if (part.fallback !== undefined) return part.fallback;
  const known =
    Object.hasOwn(environment, part.variable) && environment[part.variable] !== undefined;
  return { name: part.variable, reason: known ? 'empty' : 'not-set' };
}

/** Set and not blank, as the `:` of a shell's `${NAME:-default}` has it. */
function isSet(name: string, environment: Environment): boolean {
  return Object.hasOwn(environment, name) && (environment[name] ?? '').trim() !== '';
}
