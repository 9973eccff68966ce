import type { z } from 'zod';
import { formatPath } from '../key-path.ts';
import type { KeyPath } from '../key-path.ts';
import { placeOf } from '../problem.ts';
import type { FieldMeta } from '../schema/field-meta.ts';
import { countCharacters, Secret } from '../secret.ts';
import { describeReadFailure, isMissingFile } from '../source/file-reader.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { describeKind } from '../source/source-node.ts';
import { reportProblem, reportWarning } from './context.ts';
import type { InterpretContext } from './context.ts';
import { describeFound } from './found.ts';
import { INSIDE_SECRET } from './interpret-secret.ts';
import { resolveText } from './resolve-text.ts';
import type { ResolvedText } from './resolve-text.ts';

/** Far more than any key, token or list of numbers. */
const MAX_SECRET_BYTES = 64 * 1024;

export interface SecretFileInput {
  /** The secret's own schema. */
  readonly schema: z.ZodType;
  readonly meta: FieldMeta;
  /** What stands at `<key>_file`. */
  readonly node: SourceNode;
  readonly filePath: KeyPath;
  /** Where the secret itself would stand. */
  readonly path: KeyPath;
}

/** `<key>_file: PATH`: the secret is what the file holds. */
export function interpretSecretFile(
  input: SecretFileInput,
  context: InterpretContext,
): Secret | undefined {
  const opened = openSecretFile(input, context);
  if (opened === undefined) return undefined;
  const { content, file, read } = opened;
  const value = content.trim();
  // One line break at the end is how editors save; more than that is worth a word.
  if (content.replace(/\r?\n$/, '') !== value) {
    warn(input, context, `white space around ${file} was dropped`);
  }
  const reason = whyUnfit(value, input);
  if (reason !== undefined) {
    report(input, context, `${file} (${countCharacters(value)}) ${reason}`);
    return undefined;
  }
  const doubt = input.meta.doubt?.(value);
  if (doubt !== undefined) warn(input, context, `${file} (${countCharacters(value)}) ${doubt}`);
  const readAgain = (): string | undefined => {
    const fresh = read()?.trim();
    return fresh !== undefined && whyUnfit(fresh, input) === undefined ? fresh : undefined;
  };
  const secret = new Secret(value, { from: file, readAgain });
  note(input, context, { shown: secret.describe(), file });
  return secret;
}

/** The same for a list of secrets: one a line. */
export function interpretSecretListFile(
  input: SecretFileInput,
  context: InterpretContext,
): Secret[] | undefined {
  const opened = openSecretFile(input, context);
  if (opened === undefined) return undefined;
  const { content, file } = opened;
  const lines = content.split('\n').map((line) => line.trim());
  const values = lines.filter((line) => line !== '');
  if (values.length === 0) {
    report(input, context, `${file} is empty`);
    return undefined;
  }
  const unfit = lines.findIndex((line) => line !== '' && whyUnfit(line, input) !== undefined);
  if (unfit !== -1) {
    report(input, context, `${file}: line ${unfit + 1} is not ${input.meta.expected}`);
    return undefined;
  }
  note(input, context, { shown: `(${values.length} secrets, from ${file})`, file });
  return values.map((value) => new Secret(value, { from: file }));
}

interface OpenedFile {
  readonly content: string;
  /** The path for people, or its description where a variable gave it. */
  readonly file: string;
  readonly read: () => string | undefined;
}

function openSecretFile(input: SecretFileInput, context: InterpretContext): OpenedFile | undefined {
  const { node, filePath } = input;
  if (node.kind === 'broken') return undefined;
  if (node.kind !== 'scalar') {
    report(input, context, `expected the path of a file, found ${describeKind(node)}`);
    return undefined;
  }
  const resolved = resolveText(node, filePath, context);
  if (resolved === undefined || context.lenient) return undefined;
  const path = context.resolvePath(resolved.text, node.position);
  const file = describePath(node, resolved);
  context.secretFiles.add(path);
  try {
    const bytes = context.readFile(path, MAX_SECRET_BYTES);
    if (bytes.byteLength > MAX_SECRET_BYTES) {
      report(input, context, `${file} is larger than 64 KiB`);
      return undefined;
    }
    const content = decode(bytes);
    const read = (): string | undefined => tryRead(path, context);
    return { content, file, read };
  } catch (error) {
    const isAbsent = isMissingFile(error);
    const code = isAbsent ? 'secret-file-absent' : 'secret';
    report(input, context, `${file}: ${describeReadFailure(error)}`, code);
    if (isAbsent) note(input, context, { shown: '(no such file)', file });
    return undefined;
  }
}

function describePath(node: ScalarNode, { text, variables }: ResolvedText): string {
  return variables.length > 0 ? describeFound({ text, variables, secret: false }) : node.text;
}

function tryRead(path: string, context: InterpretContext): string | undefined {
  try {
    return decode(context.readFile(path, MAX_SECRET_BYTES));
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

function whyUnfit(value: string, { schema, meta }: SecretFileInput): string | undefined {
  if (value === '') return 'is empty';
  if (INSIDE_SECRET.test(value)) return 'holds white space or a control character';
  return schema.safeParse(value).success ? undefined : `is not ${meta.expected}`;
}

function report(
  { node, filePath }: SecretFileInput,
  context: InterpretContext,
  message: string,
  code: 'secret' | 'secret-file-absent' = 'secret',
): void {
  reportProblem(context, { code, position: node.position, path: filePath, message });
}

function warn(input: SecretFileInput, context: InterpretContext, message: string): void {
  const { node, filePath } = input;
  reportWarning(context, { code: 'secret', position: node.position, path: filePath, message });
}

function note(
  { node, path }: SecretFileInput,
  context: InterpretContext,
  { shown, file }: { shown: string; file: string },
): void {
  const origin = { kind: 'secret-file' as const, secretFile: file, ...placeOf(node.position) };
  context.entries.push({ path: formatPath(path), shown, secret: true, origin });
}
