import type { BusyPolicy, DeploymentType } from '@fairlead/contracts';
import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { durationArgument, requestIdArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import {
  applicationOption,
  busyOption,
  configOption,
  environmentOption,
  reasonOption,
  reportOption,
  typeOption,
} from './options.ts';

const UNREACHABLE_POLICIES = ['run', 'fail'] as const;

export interface RunOptions {
  readonly environment: string;
  readonly application?: string;
  readonly type?: DeploymentType;
  readonly reason?: string;
  readonly rollback?: string;
  readonly expected?: number;
  readonly grace: number;
  readonly onBusy?: BusyPolicy;
  readonly onUnreachable: (typeof UNREACHABLE_POLICIES)[number];
  readonly requestId?: string;
  readonly force?: boolean;
  readonly disableMonitoring?: boolean;
  readonly disableNotifications?: boolean;
  readonly config?: readonly string[];
  readonly report?: string;
}

const HELP = `
Examples:
  fairlead run -e staging -a shop -- ./migrate.sh
  fairlead run -e production -a shop --rollback "helm rollback shop" -- helm upgrade shop ./chart
  fairlead run -e staging -a infra --on-busy queue --expected 2h -- terraform apply -auto-approve

The command has this process's own streams and signals, and its exit code is the command's.
Exit codes before it starts: 2 bad usage, 5 refused (the target is busy or halted), 6 out of reach
with \`--on-unreachable fail\`. FAIRLEAD_DEPLOYMENT_ID is set for it, so \`fairlead event progress\` needs no ID.`;

export function addRun(program: Command, context: CommandContext): void {
  program
    .command('run')
    .description('Run a command of your own as a deployment: locked, recorded, told.')
    .addArgument(new Argument('<command...>', 'what to run, behind `--`'))
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(applicationOption())
    .addOption(typeOption())
    .addOption(reasonOption())
    .option('--rollback <command>', 'run by the shell when the command fails; undoes what it did')
    .addOption(
      new Option(
        '--expected <duration>',
        'longer than this raises the Long-Running alert (default: the configuration’s, or 30m)',
      ).argParser(durationArgument),
    )
    .addOption(
      new Option('--grace <duration>', 'between the request to end and SIGKILL')
        .argParser(durationArgument)
        .default(30_000, '30s'),
    )
    .addOption(busyOption())
    .addOption(
      new Option('--on-unreachable <policy>', 'when Temporal is out of reach: run it, or fail')
        .choices(UNREACHABLE_POLICIES)
        .default('run'),
    )
    .addOption(
      new Option(
        '--request-id <id>',
        'becomes the deployment ID; repeating it never runs twice (default: generated)',
      ).argParser(requestIdArgument),
    )
    .option('--force', 'although the target is halted')
    .option('--disable-monitoring', 'no events to monitoring systems for this run')
    .option('--disable-notifications', 'no messages for this run')
    .addOption(configOption())
    .addOption(reportOption())
    .addHelpText('after', HELP)
    .action(async (command: [string, ...string[]], options: RunOptions) => {
      const { runCommand } = await import('../actions/run-command.ts');
      context.finish(await runCommand(command, options, context.io));
    });
}
