import type { BusyPolicy } from '@fairlead/contracts';
import type { Command } from 'commander';
import { EXIT_HELP } from '@fairlead/client/internal/errors/exit';
import type { CommandContext } from '../program.ts';
import {
  addRequestOptions,
  applicationOption,
  configOption,
  environmentOption,
} from './options.ts';
import type { FollowOptions } from './options.ts';

export interface RollbackOptions extends FollowOptions {
  readonly environment: string;
  readonly application?: string;
  readonly config?: readonly string[];
  readonly to?: string;
  readonly onBusy?: BusyPolicy;
  readonly reason?: string;
  readonly requestId?: string;
}

const HELP = `
Examples:
  fairlead rollback -e production                          to what ran well before
  fairlead rollback -e production --to 20261125-043312-x7k2qp

It is a deployment of its own: it ends succeeded (exit 0) when the old version runs again.

${EXIT_HELP}`;

export function addRollback(program: Command, context: CommandContext): void {
  const command = program
    .command('rollback')
    .description('Bring a target back to what ran before, as a deployment of its own.')
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(applicationOption())
    .option('--to <deployment>', 'the deployment whose images are wanted (default: the one before)')
    .addOption(configOption());
  addRequestOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: RollbackOptions) => {
      const { rollback } = await import('../actions/rollback.ts');
      context.finish(await rollback(options, context.io));
    });
}
