import { createLog } from '@fairlead/temporal/logging';
import { EXIT, farewell } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { parseOptions } from './options/parse-options.ts';
import { USAGE } from './options/usage.ts';
import { runWorker } from './run-worker.ts';
import { VERSION } from './version.ts';

process.exit(await main());

async function main(): Promise<ExitCode> {
  try {
    const invocation = parseOptions(process.argv.slice(2), process.env);
    if (invocation.kind === 'help') process.stdout.write(USAGE);
    if (invocation.kind === 'version') process.stdout.write(`fairlead-worker ${VERSION}\n`);
    if (invocation.kind === 'run') {
      const { options } = invocation;
      const log = createLog({ service: 'fairlead-worker', level: options.logLevel });
      await runWorker({ options, env: process.env, log });
    }
    return EXIT.done;
  } catch (error) {
    const { exitCode, message } = farewell(error);
    process.stderr.write(`fairlead-worker: ${message}\n`);
    return exitCode;
  }
}
