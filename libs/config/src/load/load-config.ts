import { dirname } from 'node:path';
import { assertNoProblems, ConfigError } from '../config-error.ts';
import type { ConfigEntry, InterpretContext } from '../interpret/context.ts';
import { interpretBlock } from '../interpret/interpret.ts';
import { ProblemList } from '../problem.ts';
import type { ConfigProblem } from '../problem.ts';
import { BLOCK_NAMES, CALLER_BLOCKS, configSchema } from '../schema/config-schema.ts';
import type { BlockName, CallerBlock, ConfigValues } from '../schema/config-schema.ts';
import { mergeMaps } from '../source/merge-nodes.ts';
import { parseSource } from '../source/parse-source.ts';
import type { MapNode } from '../source/source-node.ts';
import { absolutePath, fileReaderOf } from './config-inputs.ts';
import type { ConfigInputs } from './config-inputs.ts';
import { findFiles } from './find-files.ts';

/** A configuration that was read, checked, and holds only what was asked for. */
export interface LoadedConfig<B extends BlockName = BlockName> {
  /** Keys as in the file. A block that is switched off is absent. */
  readonly values: Pick<ConfigValues, B>;
  /** The files it was read from, as they were named. */
  readonly files: readonly string[];
  /** The secret, key and template files that it names, absolute: to be followed, never to be shown (a variable may name them). */
  readonly secretFiles: readonly string[];
  /** Every value with its origin, in the file's order. */
  readonly entries: readonly ConfigEntry[];
  /** Paths of the blocks that are switched off. */
  readonly off: readonly string[];
  readonly warnings: readonly ConfigProblem[];
}

export type CallerConfig = LoadedConfig;
export type FullConfig = LoadedConfig;

/**
 * The plan's blocks of the caller's file. The worker's four blocks are not looked into, and need no variable.
 * `blocks` narrows it further, for commands that need, say, only `application`.
 * @throws ConfigError with all that is wrong
 */
export function loadCallerConfig(
  inputs: ConfigInputs,
  blocks: readonly CallerBlock[] = CALLER_BLOCKS,
): CallerConfig {
  return load(inputs, blocks);
}

/**
 * The whole file: for the worker, and for the commands that show or check it.
 * @throws ConfigError with all that is wrong
 */
export function loadFullConfig(inputs: ConfigInputs): FullConfig {
  return load(inputs, BLOCK_NAMES);
}

/** What is there of a configuration, for a person who wants to see it on a machine that has not all variables and secret files. */
export interface InspectedConfig {
  readonly config: LoadedConfig;
  /** The variables and secret files that it lacks, if any: their values are absent, and described in `entries`. */
  readonly missing?: ConfigError;
}

/**
 * `loadCallerConfig` for showing.
 * @throws ConfigError when more is wrong than variables and secret files that are missing
 */
export function inspectCallerConfig(inputs: ConfigInputs): InspectedConfig {
  return inspect(inputs, CALLER_BLOCKS);
}

/**
 * `loadFullConfig` for showing.
 * @throws ConfigError when more is wrong than variables and secret files that are missing
 */
export function inspectFullConfig(inputs: ConfigInputs): InspectedConfig {
  return inspect(inputs, BLOCK_NAMES);
}

function inspect(inputs: ConfigInputs, blocks: readonly BlockName[]): InspectedConfig {
  const problems = new ProblemList();
  const config = read({ inputs, blocks }, problems);
  if (problems.isEmpty) return { config };
  const error = new ConfigError(problems.items, problems.dropped);
  if (!problems.items.every(({ code }) => MISSING.includes(code))) throw error;
  return { config, missing: error };
}

const MISSING: readonly ConfigProblem['code'][] = [
  ...(['variable-not-set', 'variable-empty'] as const),
  'secret-file-absent',
];

function load<B extends BlockName>(inputs: ConfigInputs, blocks: readonly B[]): LoadedConfig<B> {
  const problems = new ProblemList();
  const config = read({ inputs, blocks }, problems);
  assertNoProblems(problems);
  return config;
}

function read<B extends BlockName>(
  { inputs, blocks }: { readonly inputs: ConfigInputs; readonly blocks: readonly B[] },
  problems: ProblemList,
): LoadedConfig<B> {
  const files = findFiles(inputs, problems);
  const parsed = files.map((file) => parseSource(file, problems));
  const node = mergeFiles(parsed.filter((map) => map !== undefined));
  const context = createContext(inputs, problems);
  const values =
    node && interpretBlock({ schema: configSchema, node: pick(node, blocks), path: [] }, context);
  return {
    // The schema library checked each value, and interpretBlock put them together after its schema.
    values: (values ?? {}) as Pick<ConfigValues, B>,
    files: files.map(({ file }) => file),
    secretFiles: [...context.secretFiles],
    entries: context.entries,
    off: context.off,
    warnings: context.warnings.items,
  };
}

function mergeFiles(maps: readonly MapNode[]): MapNode | undefined {
  const [first, ...rest] = maps;
  return first && rest.reduce(mergeMaps, first);
}

/** Leaves the known blocks out that were not asked for; unknown ones stay, to be named. */
function pick(node: MapNode, blocks: readonly string[]): MapNode {
  const known: readonly string[] = BLOCK_NAMES;
  const kept = [...node.entries].filter(([key]) => blocks.includes(key) || !known.includes(key));
  return { ...node, entries: new Map(kept) };
}

function createContext(inputs: ConfigInputs, problems: ProblemList): InterpretContext {
  return {
    environment: inputs.env,
    readFile: fileReaderOf(inputs),
    resolvePath: (path, { file }) => absolutePath(path, dirname(absolutePath(file, inputs.cwd))),
    problems,
    warnings: new ProblemList(),
    entries: [],
    secretFiles: new Set(),
    off: [],
    lenient: false,
  };
}
