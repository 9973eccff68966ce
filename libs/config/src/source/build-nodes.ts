import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { formatPath, showKey } from '../key-path.ts';
import type { KeyPath } from '../key-path.ts';
import type { Position } from '../origin.ts';
import { placeOf } from '../problem.ts';
import type { ProblemCode, ProblemList } from '../problem.ts';
import { emptyMessage, nullMessage } from './empty-message.ts';
import { MAX_DEPTH } from './scan-tokens.ts';
import { describeKind } from './source-node.ts';
import type { MapEntry, MapNode, SourceNode } from './source-node.ts';

/** Values after aliases are followed: more than a megabyte of text can hold without them. */
const MAX_VALUES = 100_000;
const MAX_ALIASES = 100;
/** Keys that would reach into JavaScript's own objects. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const NULLS = new Set(['null', 'Null', 'NULL', '~']);

interface BuildInput {
  readonly contents: Node | null;
  /** The source; never shown. */
  readonly text: string;
  readonly positionAt: (offset: number) => Position;
  readonly problems: ProblemList;
}

/** A node with what an alias to it would add. */
interface Built {
  readonly node: SourceNode;
  readonly values: number;
  readonly height: number;
}

/** The parser's tree to ours: aliases followed within bounds, duplicate, forbidden and empty keys named. */
export function buildNodes(input: BuildInput): MapNode | undefined {
  const { node } = new NodeBuilder(input).build(input.contents, []);
  if (node.kind === 'map') return node;
  if (node.kind === 'broken') return undefined;
  input.problems.add({
    code: 'type',
    ...placeOf(node.position),
    path: '',
    expected: 'a map',
    message: `the file holds ${describeKind(node)}, not a map of blocks`,
  });
  return undefined;
}

class NodeBuilder {
  readonly #input: BuildInput;
  readonly #anchors = new Map<string, Built>();
  #values = 0;
  #aliases = 0;

  constructor(input: BuildInput) {
    this.#input = input;
  }

  build(node: unknown, path: KeyPath, fallback = 0): Built {
    if (isAlias(node)) return this.#follow(node.source, node.range?.[0] ?? fallback, path);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return this.#reportEmpty(fallback, path);
    if (path.length > MAX_DEPTH) return this.#tooDeep(offsetOf(node, fallback), path);
    const built = this.#buildNode(node, path, fallback);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, built);
    return built;
  }

  #buildNode(node: Scalar | YAMLMap | YAMLSeq, path: KeyPath, fallback: number): Built {
    this.#values += 1;
    if (isMap(node)) return this.#buildMap(node, path);
    if (isSeq(node)) return this.#buildList(node, path);
    return this.#buildScalar(node, path, fallback);
  }

  #buildScalar(node: Scalar, path: KeyPath, fallback: number): Built {
    const text = typeof node.value === 'string' ? node.value : '';
    const plain = node.type === 'PLAIN' || node.type === undefined;
    const offset = offsetOf(node, fallback);
    if (plain && text === '') return this.#reportEmpty(fallback === 0 ? offset : fallback, path);
    if (plain && NULLS.has(text)) {
      return this.#report('empty-value', offset, path, nullMessage(path));
    }
    const position = this.#input.positionAt(offset);
    return { node: { kind: 'scalar', text, plain, position }, values: 1, height: 1 };
  }

  #buildList(list: YAMLSeq, path: KeyPath): Built {
    const offset = offsetOf(list, 0);
    const children: Built[] = [];
    for (const [index, item] of list.items.entries()) {
      const built = this.build(item, [...path, index], offsetOf(item, offset));
      children.push(built);
      if (this.#isExhausted()) return this.#broken(offset);
    }
    const items = children.map(({ node }) => node);
    const position = this.#input.positionAt(offset);
    return { node: { kind: 'list', items, position }, ...sumUp(children) };
  }

  #buildMap(map: YAMLMap, path: KeyPath): Built {
    const offset = offsetOf(map, 0);
    const entries = new Map<string, MapEntry>();
    const children: Built[] = [];
    for (const pair of map.items) {
      const key = this.#readKey(pair, path);
      if (this.#isExhausted()) return this.#broken(offset);
      if (key === undefined) continue;
      const built = this.build(pair.value, [...path, key.text], key.offset);
      if (this.#isExhausted()) return this.#broken(offset);
      if (this.#isDuplicate(key, entries, path)) continue;
      children.push(built);
      entries.set(key.text, { keyPosition: this.#input.positionAt(key.offset), value: built.node });
    }
    const position = this.#input.positionAt(offset);
    return { node: { kind: 'map', entries, position }, ...sumUp(children) };
  }

  #readKey(pair: Pair, path: KeyPath): { text: string; offset: number } | undefined {
    const { key } = pair;
    const offset = offsetOf(key, offsetOf(pair.value, 0));
    if (!isScalar(key) || typeof key.value !== 'string' || key.value === '') {
      this.#report(
        'syntax',
        offset,
        path,
        'a key must be a word; a list, a map or nothing is none',
      );
      return undefined;
    }
    const text = key.value;
    if (text === '<<' && (key.type === 'PLAIN' || key.type === undefined)) {
      this.#report(
        'unsupported',
        offset,
        path,
        '`<<` (merge key) is not supported; write the keys out, or use several files',
      );
      return undefined;
    }
    if (FORBIDDEN_KEYS.has(text)) {
      this.#report('unsupported', offset, path, `the key ${text} is refused`);
      return undefined;
    }
    return { text, offset };
  }

  #isDuplicate(
    key: { text: string; offset: number },
    entries: ReadonlyMap<string, MapEntry>,
    path: KeyPath,
  ): boolean {
    const first = entries.get(key.text);
    if (first === undefined) return false;
    const { line } = this.#input.positionAt(key.offset);
    const lines = `lines ${first.keyPosition.line} and ${line}`;
    this.#report(
      'duplicate-key',
      key.offset,
      [...path, key.text],
      `duplicate key ${showKey(key.text)}: ${lines}`,
    );
    return true;
  }

  #follow(name: string, offset: number, path: KeyPath): Built {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      return this.#report(
        'syntax',
        offset,
        path,
        'an alias (*name) without an anchor (&name) before it; put the value in quotes if * belongs to it',
      );
    }
    this.#aliases += 1;
    this.#values += target.values;
    if (this.#aliases > MAX_ALIASES) {
      return this.#report('limit', offset, path, `more than ${MAX_ALIASES} aliases`);
    }
    if (this.#values > MAX_VALUES) {
      return this.#report(
        'limit',
        offset,
        path,
        `aliases expand to more than ${MAX_VALUES} values`,
      );
    }
    return path.length + target.height > MAX_DEPTH ? this.#tooDeep(offset, path) : target;
  }

  /** Whether going on would only cost time. */
  #isExhausted(): boolean {
    return this.#values > MAX_VALUES || this.#aliases > MAX_ALIASES || this.#input.problems.isFull;
  }

  #tooDeep(offset: number, path: KeyPath): Built {
    return this.#report('limit', offset, path, `nested deeper than ${MAX_DEPTH} levels`);
  }

  #reportEmpty(offset: number, path: KeyPath): Built {
    const { text } = this.#input;
    return this.#report('empty-value', offset, path, emptyMessage({ path, text, offset }));
  }

  #report(code: ProblemCode, offset: number, path: KeyPath, message: string): Built {
    this.#input.problems.add({
      code,
      ...this.#input.positionAt(offset),
      path: formatPath(path),
      message,
    });
    return this.#broken(offset);
  }

  #broken(offset: number): Built {
    return {
      node: { kind: 'broken', position: this.#input.positionAt(offset) },
      values: 1,
      height: 1,
    };
  }
}

function offsetOf(node: unknown, fallback: number): number {
  const hasRange = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
  return hasRange ? (node.range?.[0] ?? fallback) : fallback;
}

function sumUp(children: readonly Built[]): { values: number; height: number } {
  return children.reduce(
    (sum, { values, height }) => ({
      values: sum.values + values,
      height: Math.max(sum.height, height + 1),
    }),
    { values: 1, height: 1 },
  );
}
