import type { ConfigProblem, ProblemList } from './problem.ts';

export interface ConfigErrorJson {
  readonly error: 'configuration';
  readonly problems: readonly ConfigProblem[];
  /** How many problems beyond those listed were found. */
  readonly more: number;
}

/** All that is wrong with a configuration, at once. Carries no `cause`: a parser's or a file system's text may hold a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];
  readonly more: number;

  constructor(problems: readonly ConfigProblem[], more = 0) {
    super(renderProblems(problems, more));
    this.problems = problems;
    this.more = more;
  }

  toJSON(): ConfigErrorJson {
    return { error: 'configuration', problems: this.problems, more: this.more };
  }
}

/** Throws when anything was found. */
export function assertNoProblems(problems: ProblemList): void {
  if (!problems.isEmpty) throw new ConfigError(problems.items, problems.dropped);
}

/** One line a problem, `file:line:column: path: message`, then the variables that are missing. */
function renderProblems(problems: readonly ConfigProblem[], more = 0): string {
  const lines = problems.map(renderProblem);
  if (more > 0) lines.push(`and ${more} more`);
  return [...lines, ...renderMissingVariables(problems)].join('\n');
}

export function renderProblem(problem: ConfigProblem): string {
  return [renderPlace(problem), problem.path, problem.message]
    .filter((part) => part !== '')
    .join(': ');
}

function renderPlace({ file, line, column }: ConfigProblem): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function renderMissingVariables(problems: readonly ConfigProblem[]): string[] {
  return [
    renderVariables('variables that are not set', problems, 'variable-not-set'),
    renderVariables('variables that are empty', problems, 'variable-empty'),
  ].flat();
}

function renderVariables(
  title: string,
  problems: readonly ConfigProblem[],
  code: ConfigProblem['code'],
): string[] {
  const names = problems
    .filter((problem) => problem.code === code)
    .flatMap((problem) => (problem.variable === undefined ? [] : [problem.variable]));
  const unique = [...new Set(names)];
  return unique.length > 1 ? [`${title}: ${unique.join(', ')}`] : [];
}
