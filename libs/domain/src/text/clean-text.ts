/** Longest value from outside that a message carries, in code points: an error of a screen's height still fits. */
const VALUE_LIMIT = 500;

// CSI and OSC sequences first (ECMA-48 §5.4, §5.6), then what is left of an escape.
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b./gu;

/** Format characters (category Cf) hide or turn text round: zero width, bidirectional overrides, the byte order mark. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Makes text from outside (image names, reasons, errors) one line that a terminal, a log and a chat all show as it
 * is. What is cut is named.
 */
export function cleanText(text: string, limit: number = VALUE_LIMIT): string {
  const line = text
    .replace(ESCAPES, '')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/gu, ' ')
    .trim();
  return cutByCodePoints(line, limit);
}

function cutByCodePoints(line: string, limit: number): string {
  // It never has more code points than units.
  if (line.length <= limit) return line;
  const points = Array.from(line);
  if (points.length <= limit) return line;
  return `${points.slice(0, limit).join('')}… (${points.length - limit} more characters)`;
}
