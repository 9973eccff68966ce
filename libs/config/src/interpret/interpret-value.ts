import type { z } from 'zod';
import type { KeyPath } from '../key-path.ts';
import { formatPath } from '../key-path.ts';
import { nearest } from '../nearest.ts';
import { countCharacters } from '../secret.ts';
import type { FieldMeta } from '../schema/field-meta.ts';
import { describeKind } from '../source/source-node.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { reportProblem, reportWarning } from './context.ts';
import type { InterpretContext } from './context.ts';
import { describeFound } from './found.ts';
import { checkKeyFile } from './key-file.ts';
import { originOf, resolveText } from './resolve-text.ts';
import type { ResolvedText } from './resolve-text.ts';
import { interpretSecret } from './interpret-secret.ts';
import { interpretTemplateFile } from './template-file.ts';

/** What YAML's core schema would take for a number, a boolean or nothing: its characters may be lost to other tools. */
const LOOKS_TYPED =
  /^(?:true|True|TRUE|false|False|FALSE|[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export interface LeafInput {
  readonly schema: z.ZodType;
  readonly meta: FieldMeta;
  readonly node: SourceNode;
  readonly path: KeyPath;
}

/** A single value: its type is the schema's, never what it looks like. Undefined when it does not fit, which was reported. */
export function interpretValue(input: LeafInput, context: InterpretContext): unknown {
  const { meta, node, path } = input;
  if (node.kind === 'broken') return undefined;
  if (node.kind !== 'scalar') {
    reportProblem(context, {
      code: 'type',
      position: node.position,
      path,
      expected: meta.expected,
      message: `expected ${meta.expected}, found ${describeKind(node)}`,
    });
    return undefined;
  }
  const resolved = resolveText(node, path, context);
  if (resolved === undefined) return undefined;
  if (meta.secret === true) return interpretSecret({ ...input, node, resolved }, context);
  const typed = TYPED[meta.kind]({ ...input, node, resolved }, context);
  if (typed === undefined) return undefined;
  return checkValue({ ...input, node, resolved, typed }, context);
}

export interface ScalarInput extends LeafInput {
  readonly node: ScalarNode;
  readonly resolved: ResolvedText;
}

const TYPED = { text: readText, number: readNumber, boolean: readBoolean } as const;

/** A string field: a variable's characters as they are, but no bare number or boolean of the file. */
export function readText(input: ScalarInput, context: InterpretContext): string | undefined {
  const { meta, node, resolved } = input;
  const isBare = node.plain && LOOKS_TYPED.test(node.text);
  if (!isBare) return resolved.text;
  const mend = meta.bare ?? 'put it in quotes';
  reject(input, context, `a bare number or boolean where text is expected; ${mend}`);
  return undefined;
}

function readNumber(input: ScalarInput, context: InterpretContext): number | undefined {
  const { resolved } = input;
  if (isQuoted(input)) {
    reject(input, context, `${subject(input)} is in quotes; write a number without`);
    return undefined;
  }
  if (DECIMAL.test(resolved.text)) return Number(resolved.text);
  reject(
    input,
    context,
    `${subject(input)} is not ${input.meta.expected}, written as a plain decimal`,
  );
  return undefined;
}

function readBoolean(input: ScalarInput, context: InterpretContext): boolean | undefined {
  const { text } = input.resolved;
  if (isQuoted(input)) {
    reject(input, context, `${subject(input)} is in quotes; write true or false without`);
    return undefined;
  }
  if (text === 'true') return true;
  if (text === 'false') return false;
  reject(input, context, `${subject(input)} is neither true nor false`);
  return undefined;
}

/** In quotes without being a variable, whose `"${NAME}"` needs them in JSON. */
function isQuoted({ node, resolved }: ScalarInput): boolean {
  return !node.plain && !resolved.whole;
}

function checkValue(
  input: ScalarInput & { readonly typed: string | number | boolean },
  context: InterpretContext,
): unknown {
  const { schema, meta, node, path, resolved, typed } = input;
  const parsed = schema.safeParse(typed);
  if (!parsed.success) {
    reject(input, context, whyNot(input));
    return undefined;
  }
  const doubt = meta.doubt?.(resolved.text);
  if (doubt !== undefined) {
    reportWarning(context, {
      code: 'value',
      position: node.position,
      path,
      message: `${subject(input)} ${doubt}`,
    });
  }
  if (meta.keyFile === true && !context.lenient) checkKeyFile(input, context);
  note(input, typed, context);
  if (meta.template === true) return interpretTemplateFile(input, context);
  return meta.path === true ? context.resolvePath(resolved.text, node.position) : parsed.data;
}

function note(
  input: ScalarInput,
  value: string | number | boolean,
  context: InterpretContext,
): void {
  const { node, path, resolved } = input;
  const origin = originOf(node, resolved);
  const at = { path: formatPath(path), secret: false, origin };
  const isOwn = origin.kind === 'file';
  context.entries.push(
    isOwn
      ? { ...at, shown: JSON.stringify(value), value }
      : { ...at, shown: `(${countCharacters(resolved.text)})` },
  );
}

/** Why a value does not fit: the schema library's own words are not used, since they may quote it. */
export function whyNot({ meta, resolved, ...input }: ScalarInput): string {
  const found = subject({ meta, resolved, ...input });
  const reason = meta.explain?.(resolved.text);
  if (reason !== undefined) return `${found} is not ${meta.expected}: ${reason}`;
  const near = meta.choices === undefined ? undefined : nearest(resolved.text, meta.choices);
  const hint = near === undefined || resolved.variables.length > 0 ? '' : `; did you mean ${near}?`;
  return `${found} is not ${meta.expected}${hint}`;
}

export function subject({ meta, resolved }: ScalarInput): string {
  const secret = meta.secret === true || meta.sensitive?.(resolved.text) === true;
  return describeFound({ ...resolved, secret });
}

export function reject(input: ScalarInput, context: InterpretContext, message: string): undefined {
  const { meta, node, path } = input;
  reportProblem(context, {
    code: meta.secret === true ? 'secret' : 'value',
    position: node.position,
    path,
    expected: meta.expected,
    message,
  });
}
