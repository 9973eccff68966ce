import { FINISHES, PLAIN_EVENTS } from '@fairlead/contracts';
import type { BusyPolicy, DeploymentType, Finish, PlainEventType } from '@fairlead/contracts';
import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import {
  choiceArgument,
  componentArgument,
  durationArgument,
  requestIdArgument,
  timeArgument,
} from '../arguments.ts';
import type { ComponentArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import {
  applicationOption,
  busyOption,
  configOption,
  environmentOption,
  jsonOption,
  reasonOption,
  typeOption,
} from './options.ts';

const UNREACHABLE_POLICIES = ['spool', 'fail'] as const;

export interface EventOptions {
  readonly deployment?: string;
  readonly outcome?: Finish;
  readonly eventId?: string;
  readonly message?: string;
  readonly at?: Date;
  readonly environment?: string;
  readonly application?: string;
  readonly type?: DeploymentType;
  readonly tool?: string;
  readonly component?: readonly ComponentArgument[];
  readonly reason?: string;
  readonly expected?: number;
  readonly onBusy?: BusyPolicy;
  readonly onUnreachable: (typeof UNREACHABLE_POLICIES)[number];
  readonly config?: readonly string[];
}

const HELP = `
Examples:
  fairlead event begin -e production -a shop --deployment "build-$CI_PIPELINE_ID" --tool helm --expected 20m
  fairlead event progress --deployment "build-$CI_PIPELINE_ID" --message "2 of 3 regions"
  fairlead event finish --deployment "build-$CI_PIPELINE_ID" --outcome failed --message "smoke test"
  echo '{"type":"finish","deployment":"build-7"}' | fairlead event -

A begin takes the target's lock; what is never finished ends as failed when the expected time is over.
Inside \`fairlead run\` no --deployment is needed.`;

export function addEvent(program: Command, context: CommandContext): void {
  program
    .command('event')
    .description('Tell of a deployment that another tool makes, from separate jobs.')
    .addArgument(
      new Argument('<type>', 'what happened; - reads JSON events from stdin').choices([
        ...PLAIN_EVENTS,
        '-',
      ]),
    )
    .addOption(
      new Option(
        '--deployment <id>',
        'which one (default: FAIRLEAD_DEPLOYMENT_ID; of a begin: generated)',
      ).argParser(requestIdArgument),
    )
    .addOption(
      new Option('--outcome <outcome>', 'of a finish (default: succeeded)')
        .choices(FINISHES)
        .argParser(choiceArgument(FINISHES, [])),
    )
    .option('--event-id <id>', 'makes a repeat harmless (default: the type; of a progress: new)')
    .option('--message <text>', 'what happened, in your own words')
    .addOption(new Option('--at <time>', 'when it happened (default: now)').argParser(timeArgument))
    .addOption(environmentOption())
    .addOption(applicationOption())
    .addOption(typeOption())
    .option('--tool <name>', 'of a begin: what makes the deployment (default: the CI system)')
    .addOption(
      new Option('--component <name=image>', 'of a begin: what it brings; repeatable').argParser(
        componentArgument,
      ),
    )
    .addOption(reasonOption())
    .addOption(
      new Option(
        '--expected <duration>',
        'of a begin: when nobody finishes it, it ends as failed after this (default: the configuration’s, or 30m)',
      ).argParser(durationArgument),
    )
    .addOption(busyOption())
    .addOption(
      new Option(
        '--on-unreachable <policy>',
        'when Temporal is out of reach: keep it for the next call, or fail',
      )
        .choices(UNREACHABLE_POLICIES)
        .default('spool'),
    )
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (type: PlainEventType | '-', options: EventOptions) => {
      const { event } = await import('../actions/event.ts');
      context.finish(await event(type, options, context.io));
    });
}
