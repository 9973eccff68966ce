import { Argument } from 'commander';
import type { Command } from 'commander';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { CommandContext } from '../program.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const HELP = `
Examples:
  bash   source <(fairlead completion bash)
  zsh    fairlead completion zsh > "\${fpath[1]}/_fairlead"
  fish   fairlead completion fish > ~/.config/fish/completions/fairlead.fish`;

export function addCompletion(program: Command, context: CommandContext): void {
  program
    .command('completion')
    .description('Print a completion script for a shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addHelpText('after', HELP)
    .action(async (shell: Shell) => {
      const { completionScript } = await import('../completion/script.ts');
      context.finish({ exitCode: EXIT.done, text: completionScript(shell, program) });
    });
}
