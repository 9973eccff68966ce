import type { Command } from 'commander';
import { EXIT } from '../exit.ts';
import type { CommandContext } from '../program.ts';
import { jsonOption } from './options.ts';

export function addVersion(program: Command, context: CommandContext): void {
  program
    .command('version')
    .description('Print the version.')
    .addOption(jsonOption())
    .action(async () => {
      const { version } = await import('../version.ts');
      const json = { fairlead: version(), node: process.version, platform: process.platform };
      context.finish({
        exitCode: EXIT.done,
        text: `fairlead ${json.fairlead} (Node ${json.node}, ${json.platform})`,
        json,
      });
    });
}
