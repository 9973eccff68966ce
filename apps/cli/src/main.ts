import { createIo } from './io.ts';
import { run } from './run.ts';

// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? undefined : 1);
});

const { stdout, stderr, env } = process;
// What a library of ours should not have called is nothing that the caller can mend.
process.noDeprecation = (env.FAIRLEAD_DEBUG ?? '') === '';
const exitCode = await run(process.argv.slice(2), createIo({ stdout, stderr, env }));
// Ended by hand: a connection that is out of reach would hold the process open. The callback is the flush.
stdout.write('', () => process.exit(exitCode));
