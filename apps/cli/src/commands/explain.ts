import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { jsonOption } from './options.ts';

export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('A plain account: what was decided, on what, and what to do now.')
    .argument('<deployment>', 'deployment ID')
    .addOption(jsonOption())
    .action(async (deployment: string) => {
      const { explain } = await import('../actions/explain.ts');
      context.finish(await explain(deployment, context.io));
    });
}
