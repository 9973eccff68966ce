import { OUTCOMES, SOURCES } from '@fairlead/contracts';
import type { Outcome, Source } from '@fairlead/contracts';
import { Option } from 'commander';
import type { Command } from 'commander';
import { countArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import { applicationOption, environmentOption, jsonOption } from './options.ts';

export interface ListOptions {
  readonly environment?: string;
  readonly application?: string;
  readonly outcome?: Outcome;
  readonly source?: Source;
  readonly limit: number;
  readonly remediations?: true;
}

/** About what a terminal shows without scrolling. */
const DEFAULT_LIMIT = 20;

export function addList(program: Command, context: CommandContext): void {
  program
    .command('list')
    .description('List deployments, the newest first, as far as Temporal keeps them; or issues.')
    .addOption(environmentOption())
    .addOption(applicationOption('only of this application'))
    .addOption(new Option('--outcome <outcome>', 'only those that ended so').choices(OUTCOMES))
    .addOption(new Option('--source <source>', 'only those made so').choices(SOURCES))
    .addOption(
      new Option('--limit <n>', 'at most so many').argParser(countArgument).default(DEFAULT_LIMIT),
    )
    .option('--remediations', 'issues that were reported, and what was tried, in their place')
    .addOption(jsonOption())
    .action(async (options: ListOptions) => {
      const { list } = await import('../actions/list.ts');
      context.finish(await list(options, context.io));
    });
}
