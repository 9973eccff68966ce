import type { ErrorCode } from 'yaml';

/** The parser's own messages quote the source, where a secret may stand: only its codes are used. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS:
    'an alias (*name) that cannot be read here; put the value in quotes if * belongs to it',
  BAD_COLLECTION_TYPE: 'a tag that does not fit what follows',
  BAD_DQ_ESCAPE: 'an unknown escape after \\ in double quotes; write \\\\ for a backslash',
  BAD_INDENT: 'wrong indentation',
  BAD_SCALAR_START: 'a value cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a ": " where only a value may stand; put the value in quotes, or begin a new line',
  BLOCK_IN_FLOW: 'a block inside { } or [ ]; put the value in quotes, or use commas',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters, or a missing ":"',
  MISSING_CHAR:
    'a character is missing: a closing quote, bracket or brace, a comma, a ":" or a space',
  MULTILINE_IMPLICIT_KEY: 'a key over several lines: a ": " is missing after a key, or its space',
  MULTIPLE_DOCS: 'a second document begins here; a file holds one',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'a tab as indent; use spaces',
  UNEXPECTED_TOKEN: 'nothing may stand here; check indentation, quotes and brackets',
};

/** What a parser's error code means, without a word of the source. */
export function syntaxMessage(code: ErrorCode): string {
  return MESSAGES[code] ?? 'not readable as YAML or JSON';
}
