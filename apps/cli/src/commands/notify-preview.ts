import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { NotifiedKind } from '@fairlead/contracts';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { configOption, environmentOption, jsonOption } from './options.ts';

export interface NotifyPreviewOptions {
  readonly kind: NotifiedKind;
  readonly channel?: string;
  readonly environment?: string;
  readonly record?: string;
  readonly config?: readonly string[];
}

const HELP = `
Examples:
  fairlead notify preview --kind deployment-failed --channel slack
  fairlead status 20261125-043312-x7k2qp --json > run.json
  fairlead notify preview --kind rollback-completed --record run.json --json

Shows what a worker with the configuration here would ask of each vendor, for a sample or for your record. Secrets are
hidden, and their variables are not needed. The link is that of a worker with the same FAIRLEAD_UI_URL; without one it
is an example.`;

export function addNotifyPreview(notify: Command, context: CommandContext): void {
  notify
    .command('preview')
    .description('Show the requests that a message would make, with secrets hidden. Sends nothing.')
    .addOption(
      new Option('--kind <kind>', 'event kind').choices(NOTIFIED_KINDS).makeOptionMandatory(),
    )
    .option('--channel <name>', 'only this channel or destination (default: all)')
    .addOption(environmentOption())
    .option('--record <file>', 'of the deployment that `status --json` printed into this file')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (options: NotifyPreviewOptions) => {
      const { notifyPreview } = await import('../actions/notify-preview.ts');
      context.finish(notifyPreview(options, context.io));
    });
}
