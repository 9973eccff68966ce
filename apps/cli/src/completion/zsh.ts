import type { CompletionNode, CompletionOption } from './model.ts';

/** One function for each command, on zsh's own `_arguments`. */
export function zshScript(nodes: readonly CompletionNode[]): string {
  return [
    '#compdef fairlead',
    '# fairlead completion for zsh',
    ...nodes.map(commandFunction),
    // Sourced, it registers itself; as a file of fpath, zsh calls it.
    'if [ "$funcstack[1]" = "_fairlead" ]; then _fairlead "$@"; else compdef _fairlead fairlead; fi',
  ].join('\n');
}

function commandFunction(node: CompletionNode): string {
  const options = node.options.map((option) => `    ${optionSpec(option)}`);
  return `${functionName(node.path)}() {
${node.commands.length > 0 ? groupBody(node, options) : leafBody(node, options)}
}`;
}

function leafBody(node: CompletionNode, options: readonly string[]): string {
  const values = node.arguments.length === 0 ? [] : [`    '1:value:(${node.arguments.join(' ')})'`];
  return `  _arguments -s \\\n${[...options, ...values].join(' \\\n')}`;
}

function groupBody(node: CompletionNode, options: readonly string[]): string {
  const described = node.commands.map(
    (command) => `    ${quoted(`${command.name}:${command.description}`)}`,
  );
  const calls = node.commands.map(
    (command) => `    ${command.name}) ${functionName([...node.path, command.name])} ;;`,
  );
  return `  local context state line
  local -a commands=(
${described.join('\n')}
  )
  _arguments -C \\
${options.join(' \\\n')} \\
    '1:command:->command' '*::argument:->argument'
  case $state in
  command) _describe command commands ;;
  argument) case $line[1] in
${calls.join('\n')}
    esac ;;
  esac`;
}

function optionSpec(option: CompletionOption): string {
  const [only = '', ...more] = option.flags;
  const description = option.description.replaceAll(/[[\]:]/g, '\\$&');
  const tail = quoted(`[${description}]${valueSpec(option)}`);
  if (more.length === 0) return `'*'${only}${tail}`;
  return `'*'{${option.flags.join(',')}}${tail}`;
}

function valueSpec(option: CompletionOption): string {
  if (option.value === 'none') return '';
  const values =
    option.choices.length > 0 ? `(${option.choices.join(' ')})` : option.files ? '_files' : ' ';
  return `${option.value === 'optional' ? '::' : ':'}value:${values}`;
}

function functionName(path: readonly string[]): string {
  return ['_fairlead', ...path].join('_');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
