import { CST, Lexer } from 'yaml';
import type { ProblemCode } from '../problem.ts';

/** Deeper than any configuration, and far from what makes a recursive parser overflow. */
export const MAX_DEPTH = 32;
/** Some 4,000 lines: more than 200 components, 200 environments and 500 steps take. The parser needs about 1 KB for each. */
const MAX_TOKENS = 40_000;
/** No key, URL, image or name is nearly as long. */
const MAX_TOKEN_LENGTH = 64 * 1024;
/** Where a chain of `- - -` or `? ? ?` nests without indentation. */
const BLOCK_INDICATORS = new Set<string>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

export interface ScanFinding {
  readonly code: ProblemCode;
  readonly offset: number;
  readonly message: string;
  /** Nothing after it can be trusted, and the parser is not asked. */
  readonly fatal: boolean;
}

/** Looks for what must not reach the parser, by tokens alone: iterative, and ended at the first that is fatal. */
export function scanTokens(text: string): ScanFinding[] {
  const findings: ScanFinding[] = [];
  const state: ScanState = { offset: 0, flowDepth: 0, lineDepth: 0, tokens: 0 };
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    const finding = judgeToken(type, { token, text, state });
    if (finding !== undefined) findings.push(finding);
    if (finding?.fatal === true) break;
    if (token !== CST.DOCUMENT && token !== CST.FLOW_END && token !== CST.SCALAR) {
      state.offset += token.length;
    }
  }
  return findings;
}

interface ScanState {
  offset: number;
  flowDepth: number;
  lineDepth: number;
  tokens: number;
}

function judgeToken(
  type: CST.TokenType | 'comment' | null,
  { token, text, state }: { token: string; text: string; state: ScanState },
): ScanFinding | undefined {
  const { offset } = state;
  state.tokens += 1;
  if (state.tokens > MAX_TOKENS) {
    return { code: 'limit', offset, fatal: true, message: 'too many values for a configuration' };
  }
  if (token.length > MAX_TOKEN_LENGTH && type !== 'comment') {
    return { code: 'limit', offset, fatal: true, message: 'a value of more than 64 KiB' };
  }
  switch (type) {
    case 'flow-map-start':
    case 'flow-seq-start':
      state.flowDepth += 1;
      if (state.flowDepth > MAX_DEPTH) return tooDeep(offset);
      return text[offset - 1] === '$' && text[offset] === '{'
        ? unquotedVariable(offset)
        : undefined;
    case 'flow-map-end':
    case 'flow-seq-end':
      state.flowDepth -= 1;
      return undefined;
    case 'newline':
      state.lineDepth = 0;
      return undefined;
    case 'directive-line':
      return unsupported(offset, '% directives are not supported; leave the line out');
    case 'tag':
      return unsupported(
        offset,
        'tags (!) are not supported; leave it out, or put the value in quotes',
      );
    default:
      if (type === null || !BLOCK_INDICATORS.has(type)) return undefined;
      state.lineDepth += 1;
      return state.flowDepth === 0 && state.lineDepth > MAX_DEPTH ? tooDeep(offset) : undefined;
  }
}

function tooDeep(offset: number): ScanFinding {
  return { code: 'limit', offset, fatal: true, message: `nested deeper than ${MAX_DEPTH} levels` };
}

function unquotedVariable(offset: number): ScanFinding {
  return {
    code: 'syntax',
    offset: offset - 1,
    fatal: true,
    message: '`{` after `$` begins a map here, not a variable; put it in quotes: "${NAME}"',
  };
}

function unsupported(offset: number, message: string): ScanFinding {
  return { code: 'unsupported', offset, fatal: false, message };
}
