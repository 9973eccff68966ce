import type { Command } from 'commander';
import type { Shell } from '../commands/completion.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completionNodes } from './model.ts';
import type { CompletionNode } from './model.ts';
import { zshScript } from './zsh.ts';

const WRITERS: Readonly<Record<Shell, (nodes: readonly CompletionNode[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export function completionScript(shell: Shell, program: Command): string {
  return WRITERS[shell](completionNodes(program));
}
