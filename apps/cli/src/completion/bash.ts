import type { CompletionNode, CompletionOption } from './model.ts';

/** Follows the words to the command, then offers an option's values or what the command takes. */
export function bashScript(nodes: readonly CompletionNode[]): string {
  return `# fairlead completion for bash
_fairlead() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at=fairlead word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
      ${childPaths(nodes)}) at="$at $word" ;;
    esac
  done
  case "$at $prev" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${nodes.map(wordCase).join('\n')}
  esac
}
complete -F _fairlead fairlead`;
}

function childPaths(nodes: readonly CompletionNode[]): string {
  return nodes
    .filter((node) => node.path.length > 0)
    .map((node) => quoted(place(node)))
    .join(' | ');
}

function valueCases(node: CompletionNode): string[] {
  return node.options
    .filter((option) => option.value === 'required' || option.choices.length > 0)
    .map((option) => {
      const patterns = option.flags.map((flag) => quoted(`${place(node)} ${flag}`)).join(' | ');
      return `    ${patterns}) ${reply(option)}return ;;`;
    });
}

function reply(option: CompletionOption): string {
  if (option.choices.length > 0) return `${words(option.choices)}; `;
  return option.files ? 'COMPREPLY=($(compgen -f -- "$cur")); ' : '';
}

function wordCase(node: CompletionNode): string {
  const all = [
    ...node.commands.map((command) => command.name),
    ...node.arguments,
    ...node.options.flatMap((option) => option.flags.filter((flag) => flag.startsWith('--'))),
  ];
  return `    ${quoted(place(node))}) ${words(all)} ;;`;
}

function words(list: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${list.join(' ')}" -- "$cur"))`;
}

function place(node: CompletionNode): string {
  return ['fairlead', ...node.path].join(' ');
}

function quoted(text: string): string {
  return `"${text}"`;
}
