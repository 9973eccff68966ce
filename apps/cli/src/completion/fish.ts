import type { CompletionNode, CompletionOption } from './model.ts';

/** One `complete` line for each word, under the condition that the command line is at its command. */
export function fishScript(nodes: readonly CompletionNode[]): string {
  return [
    '# fairlead completion for fish',
    'complete -c fairlead -f',
    ...nodes.flatMap(nodeLines),
  ].join('\n');
}

function nodeLines(node: CompletionNode): string[] {
  const condition = conditionOf(node);
  const commands = node.commands.map(
    (command) => `${condition} -a ${command.name} -d ${quoted(command.description)}`,
  );
  const values =
    node.arguments.length === 0 ? [] : [`${condition} -a ${quoted(node.arguments.join(' '))}`];
  return [...commands, ...values, ...node.options.map((option) => optionLine(condition, option))];
}

/** A group offers its commands only while none of them is given; a command's options hold to the line's end. */
function conditionOf(node: CompletionNode): string {
  const names = node.commands.map((command) => command.name).join(' ');
  const seen = node.path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const open = names === '' ? [] : [`not __fish_seen_subcommand_from ${names}`];
  return `complete -c fairlead -n ${quoted([...seen, ...open].join('; and '))}`;
}

function optionLine(condition: string, option: CompletionOption): string {
  const flags = option.flags.map((flag) =>
    flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
  );
  return [condition, ...flags, ...valueFlags(option), `-d ${quoted(option.description)}`].join(' ');
}

function valueFlags(option: CompletionOption): string[] {
  if (option.value === 'none') return [];
  if (option.choices.length > 0) return [`-xa ${quoted(option.choices.join(' '))}`];
  return option.files ? ['-rF'] : ['-x'];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
