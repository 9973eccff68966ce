import { reportProblem } from './context.ts';
import type { InterpretContext } from './context.ts';
import { reject, subject } from './interpret-value.ts';
import type { ScalarInput } from './interpret-value.ts';
import { decodeText, MAX_FILE_BYTES } from '../source/decode-text.ts';
import { describeReadFailure, isMissingFile } from '../source/file-reader.ts';

/** Parts of a service account's key that its library cannot do without. */
const REQUIRED = ['project_id', 'client_email', 'private_key'];

/** Reads and parses a service account's key file now, and not at the first message. */
export function checkKeyFile(input: ScalarInput, context: InterpretContext): void {
  const file = `the key file ${subject(input)}`;
  const text = readKeyFile(input, context, file);
  if (text === undefined) return;
  const key = parseJson(text);
  if (key === undefined) {
    reject(input, context, `${file} holds no JSON object`);
    return;
  }
  const missing = REQUIRED.filter((name) => typeof key[name] !== 'string' || key[name] === '');
  if (key.type !== 'service_account' || missing.length > 0) {
    const lack = missing.length > 0 ? `lacks ${missing.join(', ')}` : 'is of another type';
    reject(input, context, `${file} is no service account key: it ${lack}`);
    return;
  }
  if (!String(key.private_key).startsWith('-----BEGIN ')) {
    reject(input, context, `${file} holds no PEM text as private_key`);
  }
}

function readKeyFile(
  input: ScalarInput,
  context: InterpretContext,
  file: string,
): string | undefined {
  const path = context.resolvePath(input.resolved.text, input.node.position);
  context.secretFiles.add(path);
  try {
    const decoded = decodeText(context.readFile(path, MAX_FILE_BYTES), path);
    if ('text' in decoded) return decoded.text;
    reject(input, context, `${file}: ${decoded.problem.message}`);
    return undefined;
  } catch (error) {
    reportProblem(context, {
      code: isMissingFile(error) ? 'secret-file-absent' : 'value',
      position: input.node.position,
      path: input.path,
      message: `${file}: ${describeReadFailure(error)}`,
    });
    return undefined;
  }
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
