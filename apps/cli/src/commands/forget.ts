import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { applicationOption, environmentOption, jsonOption } from './options.ts';

export interface ForgetOptions {
  readonly environment: string;
  readonly application: string;
  readonly force?: true;
}

export function addForget(program: Command, context: CommandContext): void {
  program
    .command('forget')
    .description('End the record of a target that is gone: its totals, and the way back.')
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(applicationOption('application').makeOptionMandatory())
    .option('--force', 'although the target is halted: what was left in the cluster stays there')
    .addOption(jsonOption())
    .action(async (options: ForgetOptions) => {
      const { forget } = await import('../actions/forget.ts');
      context.finish(await forget(options, context.io));
    });
}
