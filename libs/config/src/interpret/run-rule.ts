import type { z } from 'zod';
import type { KeyPath } from '../key-path.ts';
import type { Position } from '../origin.ts';
import { rules } from '../schema/field-meta.ts';
import type { ListNode, MapNode, SourceNode } from '../source/source-node.ts';
import { reportProblem, reportWarning } from './context.ts';
import type { InterpretContext } from './context.ts';

interface RunRuleInput {
  readonly schema: z.core.$ZodType;
  readonly node: MapNode | ListNode;
  readonly path: KeyPath;
  readonly value: unknown;
}

/** Runs the check across fields that a block or list has, if it has one. */
export function runRule(
  { schema, node, path, value }: RunRuleInput,
  context: InterpretContext,
): void {
  rules.get(schema)?.rule({
    value,
    has: (below) => find(node, below) !== undefined,
    show: (below) => showText(find(node, below)),
    report: (below, message) => {
      const position = nearestPosition(node, below);
      reportProblem(context, { code: 'reference', position, path: [...path, ...below], message });
    },
    warn: (below, message) => {
      const position = nearestPosition(node, below);
      reportWarning(context, { code: 'reference', position, path: [...path, ...below], message });
    },
  });
}

function showText(node: SourceNode | undefined): string {
  if (node?.kind !== 'scalar') return '(no text)';
  return node.text.includes('${') ? '(by a variable)' : node.text;
}

function find(node: SourceNode, path: KeyPath): SourceNode | undefined {
  return path.reduce<SourceNode | undefined>((at, step) => at && child(at, step), node);
}

function child(node: SourceNode, step: string | number): SourceNode | undefined {
  if (typeof step === 'number') return node.kind === 'list' ? node.items[step] : undefined;
  return node.kind === 'map' ? node.entries.get(step)?.value : undefined;
}

/** Of the value itself, or of what should hold it. */
function nearestPosition(node: SourceNode, path: KeyPath): Position {
  return (find(node, path) ?? find(node, path.slice(0, -1)) ?? node).position;
}
