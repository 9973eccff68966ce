import { Secret } from '../secret.ts';
import { formatPath } from '../key-path.ts';
import { reportWarning } from './context.ts';
import type { InterpretContext } from './context.ts';
import { readText, reject, subject, whyNot } from './interpret-value.ts';
import type { ScalarInput } from './interpret-value.ts';
import { originOf } from './resolve-text.ts';

/** White space or a control character in the middle of a secret is a copying error. */
export const INSIDE_SECRET = /[\s\p{Cc}]/u;

/** A secret that stands in the file or a variable: trimmed with a warning, checked, never shown. */
export function interpretSecret(input: ScalarInput, context: InterpretContext): Secret | undefined {
  const text = readText(input, context);
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (trimmed !== text) {
    warnOf(input, context, `white space around ${fromOf(input)} was dropped`);
  }
  const trimmedInput = { ...input, resolved: { ...input.resolved, text: trimmed } };
  if (INSIDE_SECRET.test(trimmed)) {
    const message = `${subject(trimmedInput)} holds white space or a control character`;
    reject(input, context, message);
    return undefined;
  }
  if (!input.schema.safeParse(trimmed).success) {
    reject(input, context, whyNot(trimmedInput));
    return undefined;
  }
  const doubt = input.meta.doubt?.(trimmed);
  if (doubt !== undefined) warnOf(input, context, `${subject(trimmedInput)} ${doubt}`);
  const { variables } = input.resolved;
  const secret = new Secret(trimmed, { from: fromOf(input) });
  context.entries.push({
    path: formatPath(input.path),
    shown: secret.describe(),
    secret: true,
    origin: originOf(input.node, { ...input.resolved, variables }),
  });
  return secret;
}

function warnOf(input: ScalarInput, context: InterpretContext, message: string): void {
  reportWarning(context, {
    code: 'secret',
    position: input.node.position,
    path: input.path,
    message,
  });
}

function fromOf({ node, resolved }: ScalarInput): string {
  return resolved.variables.length > 0 ? resolved.variables.join(' and ') : node.position.file;
}
