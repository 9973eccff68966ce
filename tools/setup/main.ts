/** Finds or fetches the programs that the demo and the tests need: `node tools/setup/main.ts [--only NAME]...` */
import { parseArgs } from 'node:util';

import { run } from './command.ts';
import { TEMPORAL_TEST_SERVER } from './pins.ts';
import { temporalPath, temporalTestServerPath } from './temporal.ts';
import { testClusterPath } from './test-cluster.ts';

interface Program {
  find: () => Promise<string>;
  version: (path: string) => Promise<string>;
}

const programs: Record<string, Program> = {
  temporal: {
    find: temporalPath,
    version: async (path) => firstVersion(await run(path, ['--version'])),
  },
  'test-server': {
    find: temporalTestServerPath,
    // It cannot tell its version, but the cache's path does.
    version: (path) =>
      Promise.resolve(
        path.includes(TEMPORAL_TEST_SERVER.version) ? TEMPORAL_TEST_SERVER.version : 'unknown',
      ),
  },
  'test-cluster': {
    find: testClusterPath,
    version: async (path) => firstVersion(await run(path, ['kubectl', 'version', '--client'])),
  },
};

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
for (const name of values.only ?? Object.keys(programs)) {
  try {
    process.stdout.write(`${await describe(name)}\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`setup: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

async function describe(name: string): Promise<string> {
  const program = programs[name];
  if (program === undefined) {
    throw new Error(`--only ${name}: not one of ${Object.keys(programs).join(', ')}`);
  }
  const path = await program.find();
  return [name.padEnd(12), (await program.version(path)).padEnd(8), path].join('  ');
}

function firstVersion(text: string): string {
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'unknown';
}
