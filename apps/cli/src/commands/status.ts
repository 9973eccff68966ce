import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { applicationOption, configOption, environmentOption, jsonOption } from './options.ts';

export interface StatusOptions {
  readonly environment?: string;
  readonly application?: string;
  readonly config?: readonly string[];
  readonly watch?: boolean;
}

const HELP = `
Examples:
  fairlead status                                  every target
  fairlead status -e staging                       what runs there, what is queued, what is halted
  fairlead status 20261125-043312-x7k2qp --watch   follow to the end; exits as \`deploy\` does`;

export function addStatus(program: Command, context: CommandContext): void {
  program
    .command('status')
    .description('Show a deployment, or what a target runs.')
    .argument('[deployment]', 'deployment ID')
    .addOption(environmentOption())
    .addOption(
      applicationOption(
        'application (default: with --environment the configuration’s, or the only one)',
      ),
    )
    .addOption(configOption())
    .option('-w, --watch', 'follow it to its end')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (deployment: string | undefined, options: StatusOptions) => {
      const { status } = await import('../actions/status.ts');
      context.finish(await status(deployment, options, context.io));
    });
}
