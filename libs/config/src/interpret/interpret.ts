import { z } from 'zod';
import { formatPath, showKey } from '../key-path.ts';
import type { KeyPath } from '../key-path.ts';
import { nearest } from '../nearest.ts';
import { placeOf, ProblemList } from '../problem.ts';
import { fieldMeta, refusedKeys, sizeLimits } from '../schema/field-meta.ts';
import { fieldsOf, isSecret, keysOf } from '../schema/known-keys.ts';
import { leafOf, unwrap } from '../schema/unwrap.ts';
import type { ListNode, MapEntry, MapNode, SourceNode } from '../source/source-node.ts';
import { describeKind } from '../source/source-node.ts';
import { reportProblem } from './context.ts';
import type { InterpretContext } from './context.ts';
import { interpretValue } from './interpret-value.ts';
import { runRule } from './run-rule.ts';
import { interpretSecretFile, interpretSecretListFile } from './secret-file.ts';

interface FieldInput {
  readonly field: z.core.$ZodType;
  readonly node: SourceNode;
  readonly path: KeyPath;
}

/** Gives the nodes of a file the meaning that the schema has for them. What does not fit is reported and left out. */
function interpret({ field, node, path }: FieldInput, context: InterpretContext): unknown {
  const { schema } = unwrap(field);
  if (node.kind === 'broken') return undefined;
  if (schema instanceof z.ZodObject) return interpretBlock({ schema, node, path }, context);
  if (schema instanceof z.ZodArray) return interpretList({ schema, node, path }, context);
  if (schema instanceof z.ZodRecord) return interpretMap({ schema, node, path }, context);
  const leaf = leafOf(schema);
  const meta = leaf && fieldMeta.get(leaf);
  if (leaf === undefined || meta === undefined) {
    throw new TypeError(`the schema says nothing of ${formatPath(path)}`);
  }
  return interpretValue({ schema: leaf, meta, node, path }, context);
}

interface BlockInput {
  readonly schema: z.ZodObject;
  readonly node: SourceNode;
  readonly path: KeyPath;
}

/** A block of known keys. One that is switched off is left out whole, and needs none of its variables. */
export function interpretBlock(
  { schema, node, path }: BlockInput,
  outer: InterpretContext,
): Record<string, unknown> | undefined {
  if (node.kind !== 'map') {
    rejectKind('a map', { node, path }, outer);
    return undefined;
  }
  reportUnknownKeys({ schema, node, path }, outer);
  const isOff = isSwitchedOff({ schema, node, path }, outer);
  if (isOff) outer.off.push(formatPath(path));
  const context = isOff ? { ...outer, lenient: true, entries: [] } : outer;
  const value: Record<string, unknown> = {};
  const before = context.entries.length;
  for (const [key, field] of fieldsOf(schema)) {
    const member = interpretMember({ key, field, block: node, path }, context);
    if (member !== undefined) value[key] = member;
  }
  if (isOff) {
    outer.entries.push(...offEntry(node, path));
    return undefined;
  }
  noteEmpty({ node, path, isFilled: context.entries.length > before }, context);
  runRule({ schema, node, path, value }, context);
  return value;
}

/** A map or list with nothing in it says something too: an approval, an environment of defaults, an order of none. */
function noteEmpty(
  { node, path, isFilled }: { node: MapNode | ListNode; path: KeyPath; isFilled: boolean },
  context: InterpretContext,
): void {
  const size = node.kind === 'map' ? node.entries.size : node.items.length;
  if (size > 0 || isFilled || path.length === 0) return;
  const shown =
    node.kind === 'map' ? { shown: '{}', value: {} } : { shown: '[]', value: [] as const };
  const origin = { kind: 'file' as const, ...placeOf(node.position) };
  context.entries.push({ path: formatPath(path), ...shown, secret: false, origin });
}

function offEntry(node: MapNode, path: KeyPath): InterpretContext['entries'] {
  const entry = node.entries.get('enabled');
  if (entry === undefined) return [];
  const { file, line, column } = entry.value.position;
  const at = { path: formatPath([...path, 'enabled']), secret: false };
  return [{ ...at, shown: 'false', value: false, origin: { kind: 'file', file, line, column } }];
}

function isSwitchedOff(
  { schema, node, path }: BlockInput & { node: MapNode },
  context: InterpretContext,
): boolean {
  const entry = node.entries.get('enabled');
  const field = Object.fromEntries(fieldsOf(schema)).enabled;
  if (field === undefined || entry === undefined) return false;
  const quiet = { ...context, problems: new ProblemList(), entries: [] };
  return interpret({ field, node: entry.value, path: [...path, 'enabled'] }, quiet) === false;
}

interface MemberInput {
  readonly key: string;
  readonly field: z.core.$ZodType;
  readonly block: MapNode;
  readonly path: KeyPath;
}

function interpretMember(input: MemberInput, context: InterpretContext): unknown {
  const { key, field, block, path } = input;
  const entry = block.entries.get(key);
  const fileEntry = isSecret(field) ? block.entries.get(`${key}_file`) : undefined;
  if (entry !== undefined && fileEntry !== undefined) {
    reportProblem(context, {
      code: 'secret',
      position: fileEntry.keyPosition,
      path: [...path, `${key}_file`],
      message: `both ${key} and ${key}_file are given; keep one`,
    });
    return undefined;
  }
  if (fileEntry !== undefined) return interpretFileMember(input, fileEntry, context);
  if (entry !== undefined) {
    return interpret({ field, node: entry.value, path: [...path, key] }, context);
  }
  return interpretAbsent(input, context);
}

function interpretFileMember(
  { key, field, path }: MemberInput,
  { value: node }: MapEntry,
  context: InterpretContext,
): unknown {
  const { schema } = unwrap(field);
  const isList = schema instanceof z.ZodArray;
  const leaf = isList ? leafOf(schema.element) : leafOf(schema);
  const meta = leaf && fieldMeta.get(leaf);
  if (leaf === undefined || meta === undefined) return undefined;
  const at = { filePath: [...path, `${key}_file`], path: [...path, key] };
  const readFile = isList ? interpretSecretListFile : interpretSecretFile;
  return readFile({ schema: leaf, meta, node, ...at }, context);
}

function interpretAbsent(
  { key, field, block, path }: MemberInput,
  context: InterpretContext,
): unknown {
  const { optional, fallback, schema } = unwrap(field);
  if (context.lenient) return undefined;
  if (!optional) {
    const expected = expectedOf(schema);
    const orFile = isSecret(field) ? ` or ${key}_file` : '';
    reportProblem(context, {
      code: 'missing',
      position: block.position,
      path: [...path, key],
      ...(expected === undefined ? {} : { expected }),
      message: `missing${expected === undefined ? '' : `: ${expected}`}${orFile}`,
    });
    return undefined;
  }
  if (
    typeof fallback === 'string' ||
    typeof fallback === 'number' ||
    typeof fallback === 'boolean'
  ) {
    context.entries.push({
      path: formatPath([...path, key]),
      shown: JSON.stringify(fallback),
      value: fallback,
      secret: false,
      origin: { kind: 'default' },
    });
  }
  return fallback;
}

function expectedOf(schema: z.core.$ZodType): string | undefined {
  const leaf = leafOf(schema);
  return leaf && fieldMeta.get(leaf)?.expected;
}

function reportUnknownKeys(
  { schema, node, path }: BlockInput & { node: MapNode },
  context: InterpretContext,
): void {
  const known = keysOf(schema);
  const reasons = refusedKeys.get(schema)?.reasons ?? {};
  for (const [key, { keyPosition }] of node.entries) {
    if (context.problems.isFull) return;
    if (known.includes(key)) continue;
    const reason = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
    reportProblem(context, {
      code: reason === undefined ? 'unknown-key' : 'unsupported',
      position: keyPosition,
      path: [...path, key],
      expected: known.join(', '),
      message: reason ?? `unknown key ${showKey(key)}; ${hintFor(key, known)}`,
    });
  }
}

function hintFor(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near !== undefined) return `did you mean ${near}?`;
  return known.length === 0 ? 'no key may stand here' : `known here: ${known.join(', ')}`;
}

function interpretList(
  { schema, node, path }: { schema: z.ZodArray; node: SourceNode; path: KeyPath },
  context: InterpretContext,
): readonly unknown[] | undefined {
  if (node.kind !== 'list') {
    rejectKind('a list', { node, path }, context);
    return undefined;
  }
  if (!fitsSize({ schema, node, path, size: node.items.length }, context)) return undefined;
  const values = node.items.map((item, index) =>
    interpret({ field: schema.element, node: item, path: [...path, index] }, context),
  );
  noteEmpty({ node, path, isFilled: false }, context);
  runRule({ schema, node, path, value: values }, context);
  return values;
}

function interpretMap(
  { schema, node, path }: { schema: z.ZodRecord; node: SourceNode; path: KeyPath },
  context: InterpretContext,
): Record<string, unknown> | undefined {
  if (node.kind !== 'map') {
    rejectKind('a map', { node, path }, context);
    return undefined;
  }
  if (!fitsSize({ schema, node, path, size: node.entries.size }, context)) return undefined;
  const value: Record<string, unknown> = {};
  for (const [key, entry] of node.entries) {
    if (!isKeyFitting({ schema, key, path, entry }, context)) continue;
    const member = interpret(
      { field: schema.valueType, node: entry.value, path: [...path, key] },
      context,
    );
    if (member !== undefined) value[key] = member;
  }
  noteEmpty({ node, path, isFilled: false }, context);
  runRule({ schema, node, path, value }, context);
  return value;
}

function isKeyFitting(
  {
    schema,
    key,
    path,
    entry,
  }: { schema: z.ZodRecord; key: string; path: KeyPath; entry: MapEntry },
  context: InterpretContext,
): boolean {
  const keyType = schema.keyType as z.ZodType;
  if (keyType.safeParse(key).success) return true;
  const meta = fieldMeta.get(keyType);
  const near = meta?.choices && nearest(key, meta.choices);
  const expected = meta?.expected ?? 'another key';
  reportProblem(context, {
    code: 'unknown-key',
    position: entry.keyPosition,
    path: [...path, key],
    expected,
    message: `the key is not ${expected}${near === undefined ? '' : `; did you mean ${near}?`}`,
  });
  return false;
}

interface SizeInput {
  readonly schema: z.core.$ZodType;
  readonly node: ListNode | MapNode;
  readonly path: KeyPath;
  readonly size: number;
}

function fitsSize({ schema, node, path, size }: SizeInput, context: InterpretContext): boolean {
  const limits = sizeLimits.get(schema);
  if (limits === undefined || (size >= limits.min && size <= limits.max)) return true;
  const expected = size > limits.max ? `at most ${limits.max}` : `at least ${limits.min}`;
  const message = `${size} elements; expected ${expected}`;
  reportProblem(context, { code: 'limit', position: node.position, path, expected, message });
  return false;
}

function rejectKind(
  expected: string,
  { node, path }: { node: SourceNode; path: KeyPath },
  context: InterpretContext,
): undefined {
  if (node.kind === 'broken') return undefined;
  const message = `expected ${expected}, found ${describeKind(node)}`;
  reportProblem(context, { code: 'type', position: node.position, path, expected, message });
}
