import type { Io } from '../io.ts';
import { spool } from './spool.ts';
import type { SpoolLine } from './spool.ts';

/**
 * Puts a line into the spool, and answers with the file. Where that cannot be written it says so: the command that is
 * wrapped runs, and keeps its exit code.
 */
export function keep(io: Io, deploymentId: string, line: SpoolLine): string | undefined {
  try {
    return spool(io.env, deploymentId, line);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    io.err(
      `fairlead: what happens to ${deploymentId} is told to nobody, as it cannot be kept (${why}); ` +
        'set FAIRLEAD_SPOOL to a folder that can be written\n',
    );
    return undefined;
  }
}
