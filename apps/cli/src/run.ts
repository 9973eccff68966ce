import { CommanderError } from 'commander';
import type { CliError } from './errors.ts';
import { errorDocument, toCliError, usageError } from './errors.ts';
import { EXIT } from './exit.ts';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import type { Result } from './result.ts';

/** Parses, runs the one command asked for, prints its result once, and answers the exit code. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const wantsJson = args.includes('--json');
  let result: Result | undefined;
  const program = createProgram(io, (value) => {
    result = value;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return report(toReported(error, args), { io, wantsJson });
  }
  if (result === undefined) return EXIT.done;
  if (wantsJson && result.json !== undefined) {
    io.out(`${JSON.stringify(result.json, undefined, 2)}\n`);
  } else if (result.text !== '') io.out(`${result.text}\n`);
  return result.exitCode;
}

function toReported(error: unknown, args: readonly string[]): CliError {
  if (!(error instanceof CommanderError)) return toCliError(error);
  if (error.code === 'commander.help') {
    return usageError('No command given; the help above lists them.');
  }
  const command = args.find((argument) => !argument.startsWith('-'));
  const help = command === undefined ? 'fairlead --help' : `fairlead ${command} --help`;
  return usageError(`${error.message.replace(/^error: /, '')}\nSee \`${help}\`.`);
}

function report(
  error: CliError,
  options: { readonly io: Io; readonly wantsJson: boolean },
): ExitCode {
  const { io, wantsJson } = options;
  if (wantsJson) io.out(`${JSON.stringify(errorDocument(error), undefined, 2)}\n`);
  io.err(`${io.errStyle.red('fairlead:')} ${error.message}\n`);
  if ((io.env.FAIRLEAD_DEBUG ?? '') !== '') {
    io.err(`${String((error.cause as Error | undefined)?.stack ?? error.stack)}\n`);
  }
  return error.exitCode;
}
