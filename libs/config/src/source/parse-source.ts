import { LineCounter, parseDocument } from 'yaml';
import type { Position } from '../origin.ts';
import type { ProblemCode, ProblemList } from '../problem.ts';
import { formatPath } from '../key-path.ts';
import { buildNodes } from './build-nodes.ts';
import { enclosingPath } from './enclosing-path.ts';
import { jsonFault } from './json-fault.ts';
import { scanTokens } from './scan-tokens.ts';
import type { MapNode } from './source-node.ts';
import { syntaxMessage } from './syntax-message.ts';

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** YAML or JSON text to nodes with places. What is wrong goes into `problems`; undefined when nothing can be made of it. */
export function parseSource(
  { file, text }: SourceFile,
  problems: ProblemList,
): MapNode | undefined {
  const lines = new LineCounter();
  noteLines(text, lines);
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const report = (code: ProblemCode, offset: number, message: string): void => {
    const path = problems.isFull ? '' : formatPath(enclosingPath(text, offset));
    problems.add({ code, ...positionAt(offset), path, message });
  };

  const findings = scanTokens(text);
  for (const { code, offset, message } of findings) report(code, offset, message);
  if (findings.some(({ fatal }) => fatal)) return undefined;

  // Failsafe: every scalar stays text, its type is the schema's affair. Duplicate keys are found by
  // buildNodes, with both places. Errors are not made pretty, since that quotes the source.
  const document = parseDocument(text, {
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  for (const error of document.errors) report('syntax', error.pos[0], syntaxMessage(error.code));
  if (document.errors.length > 0 || findings.length > 0) return undefined;
  const fault = file.toLowerCase().endsWith('.json') ? jsonFault(text) : undefined;
  if (fault !== undefined) report('syntax', fault.offset, fault.message);
  return buildNodes({ contents: document.contents, text, positionAt, problems });
}

function noteLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
}
