import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { applicationOption, configOption, environmentOption, jsonOption } from './options.ts';

export interface ExplainOptions {
  readonly environment?: string;
  readonly application?: string;
  readonly config?: readonly string[];
}

export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('A plain account: what was decided, on what, and what to do now.')
    .argument('<deployment>', 'deployment ID, or an issue such as pod_crash/api with --environment')
    .addOption(environmentOption())
    .addOption(applicationOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (subject: string, options: ExplainOptions) => {
      const { explain } = await import('../actions/explain.ts');
      context.finish(await explain(subject, options, context.io));
    });
}
