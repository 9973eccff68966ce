const SECRET_NAMES =
  /token|secret|passw|pwd|credential|private|key(_|$)|api_?key|access_?key|signing|auth(?!or)|dsn|webhook|conn(ection)?_?str/i;
/** Shorter values stand in ordinary text too, and masking them would hide it. */
const SHORTEST = 6;
const MASK = '***';

/** Hides what the environment's variables with secrets hold, and what stands for a password in a URL. */
export function createMask(env: NodeJS.ProcessEnv): (text: string) => string {
  const secrets = Object.entries(env)
    .flatMap(([name, value = '']) => (SECRET_NAMES.test(name) ? partsOf(value) : []))
    .filter((part) => part.length >= SHORTEST)
    // A secret may be part of another one.
    .sort((one, other) => other.length - one.length);
  return (text) => withoutUrlPasswords(secrets.reduce(hide, text));
}

/** Of a value of several lines, such as a key, each line is one in the output too. */
function partsOf(value: string): readonly string[] {
  return [value, ...value.split(/\r?\n/)].map((part) => part.trim());
}

function hide(text: string, secret: string): string {
  return text.replaceAll(secret, MASK);
}

function withoutUrlPasswords(text: string): string {
  return text.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi, `$1${MASK}@`);
}
