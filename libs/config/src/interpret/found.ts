import { countCharacters } from '../secret.ts';

/** Enough to recognise a value by. */
const MAX_SHOWN = 60;

export interface FoundValue {
  readonly text: string;
  readonly variables: readonly string[];
  readonly secret: boolean;
}

/**
 * A value as the subject of a sentence. Shown only where it stands in the file at a field that is no secret;
 * else `SLACK_WEBHOOK_URL (41 characters)`.
 */
export function describeFound({ text, variables, secret }: FoundValue): string {
  if (variables.length > 0) return `${variables.join(' and ')} (${countCharacters(text)})`;
  return secret ? `the value (${countCharacters(text)})` : quote(text);
}

/** A text of the file in quotes, shortened, with nothing in it that a terminal could obey. */
export function quote(text: string): string {
  const characters = Array.from(text.slice(0, 4 * MAX_SHOWN));
  const cut = characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : text;
  return JSON.stringify(cut).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
