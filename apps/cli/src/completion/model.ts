import type { Argument, Command, Option } from 'commander';

/** What can follow at one place of the command line; read from the definitions, so it cannot grow old. */
export interface CompletionNode {
  /** `['config', 'show']`; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletionOption[];
  /** Closed sets of positional arguments. */
  readonly arguments: readonly string[];
}

export interface CompletionOption {
  readonly flags: readonly string[];
  readonly description: string;
  /** `none`: a switch. `optional`: the value may be left out. */
  readonly value: 'none' | 'optional' | 'required';
  readonly choices: readonly string[];
  readonly files: boolean;
}

/** The program and every command under it, depth first. */
export function completionNodes(
  command: Command,
  path: readonly string[] = [],
): readonly CompletionNode[] {
  const node: CompletionNode = {
    path,
    description: command.description(),
    commands: command.commands.map((child) => ({
      name: child.name(),
      description: child.description(),
    })),
    options: [...command.options.map(completionOption), HELP],
    arguments: command.registeredArguments.flatMap(
      (argument: Argument) => argument.argChoices ?? [],
    ),
  };
  const children = command.commands.flatMap((child) =>
    completionNodes(child, [...path, child.name()]),
  );
  return [node, ...children];
}

/** Commander adds it while it parses, so it stands in no list. */
const HELP: CompletionOption = {
  flags: ['-h', '--help'],
  description: 'display help for command',
  value: 'none',
  choices: [],
  files: false,
};

/** Placeholders of option values that name a file or folder. */
const FILES = /<(file|dir)>/;

function completionOption(option: Option): CompletionOption {
  return {
    flags: [option.short, option.long].flatMap((flag) => flag ?? []),
    description: option.description,
    value: option.required ? 'required' : option.optional ? 'optional' : 'none',
    choices: option.argChoices ?? [],
    files: FILES.test(option.flags),
  };
}
