import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { configOption, environmentOption, jsonOption } from './options.ts';

export interface ConfigOptions {
  readonly config?: readonly string[];
  readonly environment?: string;
}

const SHOW_HELP = `
Without -e: every block.
With -e: the blocks of a plan (application, components, environments, canary), then as plan.* what a deployment to that
environment would have. Needs no secret.
A variable or secret file that is missing is named in place of its value; the exit code is then 2.`;

export function addConfig(program: Command, context: CommandContext): void {
  const config = program
    .command('config')
    .description('Check, show or describe the configuration.');
  config
    .command('validate')
    .description('Check every block, with every variable that it needs.')
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (options: ConfigOptions) => {
      const { validate } = await import('../actions/config.ts');
      context.finish(validate(options, context.io));
    });
  config
    .command('show')
    .description('Show each value and where it came from; secrets are hidden.')
    .addOption(configOption())
    .addOption(environmentOption())
    .addOption(jsonOption())
    .addHelpText('after', SHOW_HELP)
    .action(async (options: ConfigOptions) => {
      const { show } = await import('../actions/config.ts');
      context.finish(show(options, context.io));
    });
  config
    .command('schema')
    .description('Print the JSON Schema, for editors.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  fairlead config schema > fairlead.schema.json')
    .action(async () => {
      const { schema } = await import('../actions/config.ts');
      context.finish(schema());
    });
}
