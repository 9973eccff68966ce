import type { Command } from 'commander';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { CommandContext } from '../program.ts';
import { jsonOption } from './options.ts';

export function addVersion(program: Command, context: CommandContext): void {
  program
    .command('version')
    .description('Print the version.')
    .addOption(jsonOption())
    .action(async () => {
      const { versions, versionText } = await import('../version.ts');
      const json = versions();
      context.finish({ exitCode: EXIT.done, text: versionText(json), json });
    });
}
