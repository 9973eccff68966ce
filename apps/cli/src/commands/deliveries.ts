import { Option } from 'commander';
import type { Command } from 'commander';
import { countArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import { applicationOption, environmentOption, jsonOption } from './options.ts';

export interface DeliveriesOptions {
  readonly dead?: boolean;
  readonly environment?: string;
  readonly application?: string;
  readonly limit: number;
}

/** Each deployment is asked: as many as a person looks through. */
const DEFAULT_LIMIT = 10;

const HELP = `
States: pending, accepted (the other side took it), delivered (it says that it arrived), unknown (it may have arrived
and is not sent again), suppressed (on purpose: see the detail), dead (nobody was told by it: cause and mend below).
A run with \`deploy --disable-notifications\` has none for people.`;

export function addDeliveries(program: Command, context: CommandContext): void {
  program
    .command('deliveries')
    .description('Receipts: what became of each message of a deployment, or of the latest ones.')
    .argument('[deployment]', 'deployment ID (default: the latest deployments)')
    .addOption(new Option('--dead', 'only those that nobody got'))
    .addOption(environmentOption())
    .addOption(applicationOption('only of this application'))
    .addOption(
      new Option('--limit <n>', 'of at most so many deployments')
        .argParser(countArgument)
        .default(DEFAULT_LIMIT),
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (deployment: string | undefined, options: DeliveriesOptions) => {
      const { deliveries } = await import('../actions/deliveries.ts');
      context.finish(await deliveries(deployment, options, context.io));
    });
}
