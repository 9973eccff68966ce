import { formatPath } from '../key-path.ts';
import type { KeyPath } from '../key-path.ts';
import type { Origin } from '../origin.ts';
import { countCharacters } from '../secret.ts';
import { placeOf } from '../problem.ts';
import type { ScalarNode } from '../source/source-node.ts';
import { reportProblem } from './context.ts';
import type { InterpretContext } from './context.ts';
import { interpolate } from './interpolate.ts';

/** A scalar's text with its variables filled in. */
export interface ResolvedText {
  readonly text: string;
  readonly variables: readonly string[];
  /** The text is one `${…}` and nothing else. */
  readonly whole: boolean;
}

/** Fills in the variables of a value; reports those that are missing, unless the block is off. */
export function resolveText(
  node: ScalarNode,
  path: KeyPath,
  context: InterpretContext,
): ResolvedText | undefined {
  const result = interpolate(node.text, context.environment);
  if (result.status === 'done') return isSkipped(result, context) ? undefined : result;
  const at = { position: node.position, path };
  if (result.status === 'ill-formed') {
    reportProblem(context, {
      code: 'variable-form',
      ...at,
      expected: '${NAME} or ${NAME:-default}',
      message:
        '`${` begins a variable: ${NAME} or ${NAME:-default}; for a literal `${` write `$${`',
    });
    return undefined;
  }
  if (context.lenient) return undefined;
  for (const variable of result.notSet) {
    reportProblem(context, {
      code: 'variable-not-set',
      ...at,
      variable: showVariable(variable),
      message: `${showVariable(variable)} is not set`,
    });
  }
  for (const variable of result.empty) {
    reportProblem(context, {
      code: 'variable-empty',
      ...at,
      variable,
      message: `${variable} is empty`,
    });
  }
  noteMissing({ node, path, ...result }, context);
  return undefined;
}

interface MissingInput {
  readonly node: ScalarNode;
  readonly path: KeyPath;
  readonly notSet: readonly string[];
  readonly empty: readonly string[];
}

/** Stands in place of the value where the rest is shown all the same. */
function noteMissing(
  { node, path, notSet, empty }: MissingInput,
  { entries }: InterpretContext,
): void {
  const reasons = [
    ...notSet.map((name) => `${showVariable(name)} is not set`),
    ...empty.map((name) => `${name} is empty`),
  ];
  const variables = [...notSet, ...empty].map(showVariable);
  entries.push({
    path: formatPath(path),
    shown: `(${reasons.join(', ')})`,
    secret: false,
    origin: { kind: 'variable', variables, ...placeOf(node.position) },
  });
}

/** In a block that is off, what a variable brings is not looked at. */
function isSkipped({ variables }: ResolvedText, { lenient }: InterpretContext): boolean {
  return lenient && variables.length > 0;
}

/** A name as people write them. Anything else between the braces may be a secret that was pasted there. */
function showVariable(name: string): string {
  const isUsual = /^[A-Z_][A-Z0-9_]*$/.test(name) || /^[a-z_]+$/.test(name);
  return isUsual ? name : `(a variable's name of ${countCharacters(name)})`;
}

export function originOf(node: ScalarNode, { variables }: ResolvedText): Origin {
  if (variables.length === 0) return { kind: 'file', ...placeOf(node.position) };
  return { kind: 'variable', variables, ...placeOf(node.position) };
}
