type Env = NodeJS.ProcessEnv;

/**
 * A command that is quoted: between backticks, or on a line of its own, indented by two and perhaps after a label.
 * Such is the convention of all our messages, those of the worker's events too.
 */
const QUOTED = /(?<=`|<\(|^ {2}(?:[a-z ]+:? {2,})?)fairlead(?:-worker)?(?=`| [a-zA-Z-])/gm;

/** Commands as they can be typed where this one was. In a clone only npx finds them, and `npm run` hides that. */
export function asTyped(text: string, env: Env): string {
  const byNpm = env.npm_command === 'exec' || env.npm_lifecycle_event !== undefined;
  return byNpm ? text.replace(QUOTED, 'npx $&') : text;
}
