import { CommanderError } from 'commander';
import type { Command } from 'commander';
import type { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import {
  errorDocument,
  toFairleadError,
  usageError,
} from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { ExitCode } from '@fairlead/client/internal/errors/exit';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import type { Result } from './result.ts';

/** Parses, runs the one command asked for, prints its result once, and answers the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  // What stands behind `--` is another program's.
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const wantsJson = own.includes('--json');
  let result: Result | undefined;
  const program = createProgram(io, (value) => {
    result = value;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return report(toReported(error, { program, args }), { io, wantsJson });
  }
  if (result === undefined) return EXIT.done;
  if (wantsJson && result.json !== undefined) io.json(result.json);
  else if (result.text !== '') io.out(`${result.text}\n`);
  return result.exitCode;
}

interface Asked {
  readonly program: Command;
  readonly args: readonly string[];
}

function toReported(error: unknown, asked: Asked): FairleadError {
  if (!(error instanceof CommanderError)) return toFairleadError(error);
  if (error.code === 'commander.help') {
    const [first, second] = asked.args;
    return usageError(
      first === 'help' && second !== undefined
        ? `There is no command '${second}'; the help above lists them.`
        : 'No command given; the help above lists them.',
    );
  }
  const help = [...commandPath(asked), '--help'].join(' ');
  return usageError(`${error.message.replace(/^error: /, '')}\nSee \`${help}\`.`);
}

/** The innermost command that was named: only its help can help. */
function commandPath({ program, args }: Asked): string[] {
  const path = [program.name()];
  let command: Command | undefined = program;
  for (const argument of args.filter((word) => !word.startsWith('-'))) {
    command = command.commands.find((child) => child.name() === argument);
    if (command === undefined) break;
    path.push(argument);
  }
  return path;
}

function report(
  error: FairleadError,
  options: { readonly io: Io; readonly wantsJson: boolean },
): ExitCode {
  const { io, wantsJson } = options;
  if (wantsJson) io.json(errorDocument(error));
  io.err(`${io.errStyle.red('fairlead:')} ${error.message}\n`);
  if ((io.env.FAIRLEAD_DEBUG ?? '') !== '') {
    io.err(`${String((error.cause as Error | undefined)?.stack ?? error.stack)}\n`);
  }
  return error.exitCode;
}
