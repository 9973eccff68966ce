import { ConfigError } from './config-error.ts';
import type { ConfigProblem } from './problem.ts';
import type { Environment } from './interpret/interpolate.ts';
import type { ConfigInputs } from './load/config-inputs.ts';
import { loadCallerConfig, loadFullConfig } from './load/load-config.ts';
import type { CallerConfig, FullConfig } from './load/load-config.ts';

/** File contents by absolute path, or by a path relative to `/project`. */
export type InMemoryFiles = Readonly<Record<string, string | Uint8Array>>;

/** For tests: a working directory `/project` that holds these files and nothing else. */
export function inputsFor(
  files: InMemoryFiles,
  { env = {}, named = [] }: { env?: Environment; named?: readonly string[] } = {},
): ConfigInputs {
  return {
    files: named,
    env,
    cwd: '/project',
    readFile: (path) => {
      const content = files[path] ?? files[path.replace(/^\/project\//, '')];
      if (content === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

/** The whole configuration of one `fairlead.yaml`. */
export function loadText(text: string, env: Environment = {}): FullConfig {
  return loadFullConfig(inputsFor({ 'fairlead.yaml': text }, { env }));
}

/** The plan's blocks of one `fairlead.yaml`. */
export function loadCallerText(text: string, env: Environment = {}): CallerConfig {
  return loadCallerConfig(inputsFor({ 'fairlead.yaml': text }, { env }));
}

/** What is wrong with one `fairlead.yaml`; empty when it loads. */
export function problemsOf(text: string, env: Environment = {}): readonly ConfigProblem[] {
  return catchConfigError(() => loadText(text, env))?.problems ?? [];
}

export function catchConfigError(run: () => unknown): ConfigError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
