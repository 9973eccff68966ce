import { EVENT_TYPES } from '@fairlead/contracts';
import type { EventType } from '@fairlead/contracts';
import { Option } from 'commander';
import type { Command } from 'commander';
import { listArgument, timeArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import { addNotifyPreview } from './notify-preview.ts';
import { configOption, environmentOption, jsonOption } from './options.ts';

export interface NotifyRouteOptions {
  readonly event: EventType;
  readonly environment: string;
  readonly at?: Date;
  readonly config?: readonly string[];
}

export interface NotifyTestOptions {
  readonly channel?: readonly string[];
  readonly environment?: string;
  readonly config?: readonly string[];
}

const ROUTE_HELP = `
Examples:
  fairlead notify route --event failure -e production
  fairlead notify route --event status -e staging --at 2026-03-29T02:30:00+02:00

By the configuration here: run it with the worker's own. Needs no secret.`;

const TEST_HELP = `
Examples:
  fairlead notify test --channel slack --channel teams
  fairlead notify test -e production            those that are told of production
  fairlead notify test                          every destination that is configured

It tells real people: phones are texted, and a PagerDuty incident is opened, which may wake somebody, and resolved.
The worker sends it, with its own secrets; the titles begin with TEST.
Quiet hours do not hold it. In a sandbox: --channel inbox-mail, --channel inbox-chat.
Exit codes: 0 none is dead, 4 one is dead, 6 no worker is there, 7 not all have ended after 60 s.`;

export function addNotify(program: Command, context: CommandContext): void {
  const notify = program
    .command('notify')
    .description('Who is told of what, and whether messages arrive.');
  notify
    .command('route')
    .description('Show who would be told of an event, and who would not and why. Sends nothing.')
    .addOption(
      new Option('--event <type>', 'event type').choices(EVENT_TYPES).makeOptionMandatory(),
    )
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(
      new Option(
        '--at <time>',
        'at this time, with its zone, for quiet hours (default: now)',
      ).argParser(timeArgument),
    )
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', ROUTE_HELP)
    .action(async (options: NotifyRouteOptions) => {
      const { notifyRoute } = await import('../actions/notify-route.ts');
      context.finish(notifyRoute(options, context.io));
    });
  addNotifyPreview(notify, context);
  notify
    .command('test')
    .description('Send a marked test message through the worker, and print the receipts.')
    .addOption(
      new Option(
        '--channel <name>',
        'only this channel or destination; repeatable (default: all)',
      ).argParser(listArgument),
    )
    .addOption(environmentOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', TEST_HELP)
    .action(async (options: NotifyTestOptions) => {
      const { notifyTest } = await import('../actions/notify-test.ts');
      context.finish(await notifyTest(options, context.io));
    });
}
