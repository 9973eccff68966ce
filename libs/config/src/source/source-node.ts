import type { Position } from '../origin.ts';

/** A value as it stands in a file, before any meaning: text, map or list, each with its place. */
export type SourceNode = ScalarNode | MapNode | ListNode | BrokenNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** Neither in quotes nor a block: `12`, `true` and `abc` alike. */
  readonly plain: boolean;
  readonly position: Position;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly position: Position;
}

export interface MapEntry {
  readonly keyPosition: Position;
  readonly value: SourceNode;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
  readonly position: Position;
}

/** What was reported already; nothing more is said of it. */
interface BrokenNode {
  readonly kind: 'broken';
  readonly position: Position;
}

export function describeKind(node: SourceNode): string {
  return node.kind === 'scalar' ? 'a single value' : `a ${node.kind}`;
}
